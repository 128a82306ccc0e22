export { CertError } from "./cert-error.ts";
export { type CertPlan, type CertReport, type IssuedClient, writeCertificates } from "./folder.ts";
export { CLIENT_DAYS_DEFAULT, DAYS_MAX, NAMES_MAX } from "./limits.ts";
