export { createPasswords, type Passwords } from './passwords.ts';
export { type Account, AUTH_PATH, createStaffAuth, type StaffAuth } from './staff.auth.ts';
export { mountStaffAuth, type StaffLimits } from './staff.mount.ts';
export { staffRoutes } from './staff.routes.ts';
export { addMember, type NewMember } from './staff.service.ts';
export { findRoles, listMembers, type Member, purgeStaff } from './staff.store.ts';
