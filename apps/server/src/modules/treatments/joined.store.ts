import { type RawBuilder, sql } from 'kysely';

/*
 * Lots are drawn of records, and records may be found to be one person afterwards, or be parted again.
 * Nothing is written down when that happens: what follows of it is read from who is one with whom now.
 */

/**
 * `joined`, for the head of a statement: the assignments of whoever a verdict is about, each under its
 * person, with the `record` that was drawn, and its `place` among those of the person in the treatment. The
 * first lot is the first place, of one moment that of the smaller record: it decides what the person
 * has for as long as they are one. Cost grows with those that verdicts are about.
 */
export function joinedLots(company: string): RawBuilder<unknown> {
  return sql`
    joined as (
      select mine.treatment, member.person, mine.person as record, mine.arm, mine.before, mine.outcome,
        row_number() over (
          partition by mine.treatment, member.person order by mine.assigned_at, mine.person
        ) as place
      from members as member
      join treatment_assignments as mine
        on mine.company = ${company} and mine.person = member.subject
      where member.company = ${company}
    )`;
}

/** The assignments of whom no verdict is about, as a query to stand in a statement. */
export function aloneLots(company: string): RawBuilder<unknown> {
  return sql`(
    select mine.treatment, mine.person, mine.arm, mine.before, mine.outcome
    from treatment_assignments as mine
    where mine.company = ${company} and not exists (
      select from members as member
      where member.company = ${company} and member.subject = mine.person)
  )`;
}

/**
 * `held`, for the head of a statement: the lot that decides what the persons of these subjects have, of
 * each treatment the first; `record` is whose it was. By index.
 */
export function heldLots(company: string, subjects: readonly string[]): RawBuilder<unknown> {
  return sql`
    asked as (
      select distinct coalesce(own.person, listed.subject) as person
      from unnest(${`{${subjects.join(',')}}`}::uuid[]) as listed(subject)
      left join members as own on own.company = ${company} and own.subject = listed.subject
    ),
    held as (
      select distinct on (asked.person, mine.treatment) asked.person, mine.treatment,
        mine.person as record, mine.arm, mine.assigned_at
      from asked
      left join members as member on member.company = ${company} and member.person = asked.person
      join treatment_assignments as mine on mine.company = ${company}
        and mine.person = coalesce(member.subject, asked.person)
      order by asked.person, mine.treatment, mine.assigned_at, mine.person
    )`;
}
