import { companies } from './companies.ts';
import { designs } from './designs.ts';
import { desk } from './desk.ts';
import { families } from './families.ts';
import { history } from './history.ts';
import { identity } from './identity.ts';
import { memory } from './memory.ts';
import { operations } from './operator.ts';
import { orders } from './orders.ts';
import { privacy } from './privacy.ts';
import { questions } from './questions.ts';
import { session } from './session.ts';
import { touchpoint } from './touchpoint.ts';
import { treatments } from './treatments.ts';
import { value } from './value.ts';
import { vocabulary } from './vocabulary.ts';
import { workshop } from './workshop.ts';

/** Every endpoint of Keepsake, by noun and verb. */
export const contract = {
  companies,
  families,
  designs,
  orders,
  memory,
  touchpoint,
  desk,
  history,
  identity,
  privacy,
  questions,
  vocabulary,
  workshop,
  value,
  treatments,
  session,
  operations,
} as const;

export { Company } from './companies.ts';
export { Design } from './designs.ts';
export {
  Arrival,
  GuestCard,
  GuestContact,
  GuestSummary,
  NoteProposal,
  PrepareTask,
} from './desk.ts';
export type { Access, EndpointMeta } from './endpoint.ts';
export {
  AttributeView,
  DesignView,
  FamilySummary,
  PriceLine,
  PublishedFamily,
  Quote,
  Repair,
} from './families.ts';
export {
  ContactLine,
  CustomerLine,
  DESK_SOURCE,
  HistoryAnswer,
  HistoryKind,
  HistoryRefusal,
  HistoryTotal,
  PurchaseLine,
} from './history.ts';
export {
  Attribution,
  DEFERRAL_DAYS_MAX,
  DeferredDuplicate,
  Duplicate,
  EvidenceStep,
  GuestMembers,
  Verdict,
} from './identity.ts';
export { AskAnswer, ConsentState, Fact, MyMemory, Polarity, Predicate } from './memory.ts';
export { Address, Order, OrderEnding, OrderState, OrderSummary } from './orders.ts';
export { AccountedFact, MemoryAccount } from './privacy.ts';
export { Problem, ProblemFields } from './problem.ts';
export { PROBLEMS, type ProblemCode } from './problems.ts';
export { AskCounts, QuestionReport } from './questions.ts';
export { Session, StaffMember } from './session.ts';
export { InteractionLine, LineAnswer, LineRefusal, Profile } from './touchpoint.ts';
export { Disparity, DisparityBy, TreatmentReport } from './treatments.ts';
export {
  BackTest,
  Contest,
  Counterfactual,
  CustomerValue,
  Migration,
  Portfolio,
  Review,
  Tier,
  ValueBasis,
  ValueDocument,
  ValueDriver,
  ValuedCustomer,
  ValueReason,
  ValueRun,
  ValueSettings,
} from './value-shapes.ts';
export { Evidence, LIMITS, PromiseReason, Role, Value } from './values.ts';
export { PredicateEntry, Vocabulary } from './vocabulary.ts';
export { BoardCard, StockRow } from './workshop.ts';
