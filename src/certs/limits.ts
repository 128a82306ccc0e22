/** Days that certificates of servers and clients are good for, unless somebody says otherwise. */
export const CLIENT_DAYS_DEFAULT = 365;

/** Most days of a certificate, and those of the authority: ten years. */
export const DAYS_MAX = 3_650;

/** Hosts, and clients, of one call. */
export const NAMES_MAX = 64;

/** How far the clock of the other side may be behind ours, in minutes. */
export const CLOCK_SKEW_MINUTES = 5;

/** Bytes of a file of certificates or keys that is read again. */
export const PEM_BYTES_MAX = 65_536;
