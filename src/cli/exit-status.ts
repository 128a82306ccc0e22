/** Exit status of every command: DESIGN, section 4. */
export const EXIT = {
  /** Clean, or below the threshold. */
  clean: 0,
  /** Findings at or above the threshold. */
  findings: 1,
  /** Wrong usage or unreadable input. */
  usage: 2,
  /** A target could not be reached, or the examination is incomplete. */
  incomplete: 3,
} as const;
