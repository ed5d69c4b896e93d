export { companiesRoutes } from './companies.routes.ts';
export {
  companyToWire,
  deliversTo,
  deliveryFee,
  findSite,
  type Tax,
  type TaxQuestion,
  taxFor,
} from './companies.rules.ts';
export { findCompany, insertCompany, listCompanies } from './companies.store.ts';
export type {
  CompanyRecord,
  DeliveryRule,
  PlantDefinition,
  SiteRecord,
  StockDefinition,
  TaxRule,
  WorkCentreDefinition,
} from './company.ts';
