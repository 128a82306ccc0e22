import { and, type Known, not, or } from "../known.ts";

/** One condition on an argument of a call (OCI runtime specification, config-linux.md, seccomp `args`). */
export interface ArgumentCondition {
  readonly index: number;
  readonly operator: ArgumentOperator;
  readonly value: bigint;
  readonly valueTwo: bigint;
}

/** Comparisons of libseccomp. */
export const ARGUMENT_OPERATORS = [
  "SCMP_CMP_NE",
  "SCMP_CMP_LT",
  "SCMP_CMP_LE",
  "SCMP_CMP_EQ",
  "SCMP_CMP_GE",
  "SCMP_CMP_GT",
  "SCMP_CMP_MASKED_EQ",
] as const;

/** One of {@link ARGUMENT_OPERATORS}. */
export type ArgumentOperator = (typeof ARGUMENT_OPERATORS)[number];

/** What is known of an argument of a call: its value, or bits that are set in it. */
export interface KnownArgument {
  readonly index: number;
  readonly kind: "is" | "has-bits";
  readonly value: bigint;
}

/**
 * Whether conditions hold for a call of which one argument is known at most. All must hold, except that runc makes a
 * rule of its own from each condition when two are about one argument (libcontainer/seccomp/seccomp_linux.go, matchCall).
 */
export function conditionsMatch(conditions: readonly ArgumentCondition[], argument: KnownArgument | undefined): Known {
  const verdicts = conditions.map((condition) => conditionMatches(condition, argument));
  const indexes = new Set(conditions.map((condition) => condition.index));
  return indexes.size < conditions.length ? verdicts.reduce(or) : verdicts.reduce<Known>(and, "yes");
}

function conditionMatches(condition: ArgumentCondition, argument: KnownArgument | undefined): Known {
  if (argument === undefined || argument.index !== condition.index) {
    return "unknown";
  }
  return argument.kind === "is" ? compare(condition, argument.value) : compareBits(condition, argument.value);
}

function compare({ operator, value, valueTwo }: ArgumentCondition, argument: bigint): Known {
  const holds: Readonly<Record<ArgumentOperator, boolean>> = {
    SCMP_CMP_NE: argument !== value,
    SCMP_CMP_LT: argument < value,
    SCMP_CMP_LE: argument <= value,
    SCMP_CMP_EQ: argument === value,
    SCMP_CMP_GE: argument >= value,
    SCMP_CMP_GT: argument > value,
    SCMP_CMP_MASKED_EQ: (argument & value) === valueTwo,
  };
  return holds[operator] ? "yes" : "no";
}

/** The argument has at least these bits, so it is at least this number. */
function compareBits({ operator, value, valueTwo }: ArgumentCondition, bits: bigint): Known {
  const impossible: Readonly<Record<ArgumentOperator, boolean>> = {
    SCMP_CMP_NE: false,
    SCMP_CMP_LT: bits >= value,
    SCMP_CMP_LE: bits > value,
    SCMP_CMP_EQ: (value & bits) !== bits,
    SCMP_CMP_GE: false,
    SCMP_CMP_GT: false,
    SCMP_CMP_MASKED_EQ: (value & bits & ~valueTwo) !== 0n || (valueTwo & ~value) !== 0n,
  };
  const certain: Readonly<Partial<Record<ArgumentOperator, boolean>>> = {
    SCMP_CMP_NE: (value & bits) !== bits,
    SCMP_CMP_GE: bits >= value,
    SCMP_CMP_GT: bits > value,
  };
  return certain[operator] === true ? "yes" : not(impossible[operator] ? "yes" : "unknown");
}
