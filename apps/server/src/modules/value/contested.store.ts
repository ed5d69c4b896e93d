import { type RawBuilder, sql } from 'kysely';

/**
 * The subjects of everybody whose objection stands, as a query to stand in a statement: an objection
 * is of the person, whichever subject it was kept with and whoever they are one with now. By index:
 * cost grows with the objections.
 */
export function contestedSubjects(company: string): RawBuilder<string> {
  return sql<string>`(
    select person from value_tiers where company = ${company} and contested_at is not null
    union
    select member.subject
    from value_tiers as objector
    join members as own on own.company = ${company} and own.subject = objector.person
    join members as member on member.company = ${company} and member.person = own.person
    where objector.company = ${company} and objector.contested_at is not null
  )`;
}
