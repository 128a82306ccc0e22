/** Bounds of one program in a worker. */
import type { BashOptions } from "just-bash";

const KIB = 1024;
const MIB = 1024 * 1024;

/** Bytes that one program prints. */
export const OUTPUT_BYTES_MAX = MIB;

/** Times that one program goes round in loops. */
export const LAPS_MAX = 5000;

/** Commands that one program runs. */
export const COMMANDS_MAX = 20_000;

/** What is told about one program. */
export const OBSERVATIONS_MAX = 200;

/** Characters of one thing that is told. */
export const OBSERVATION_CHARACTERS_MAX = 4096;

/** What a shell remembers between two lines, characters. */
export const MEMORY_CHARACTERS_MAX = 64 * KIB;

export const LIMITS: NonNullable<BashOptions["executionLimits"]> = {
  maxSourceBytes: MIB,
  maxExecDepth: 24,
  maxCallDepth: 60,
  maxCommandCount: COMMANDS_MAX,
  maxLoopIterations: LAPS_MAX * 2,
  maxAwkIterations: 20_000,
  maxSedIterations: 20_000,
  maxWorkUnits: 300_000,
  maxTraversalEntries: 20_000,
  maxTraversalWork: 50_000,
  maxLiveBytes: 32 * MIB,
  maxInputBytes: 32 * MIB,
  maxArchiveBytes: 16 * MIB,
  maxArchiveCompressedBytes: 8 * MIB,
  maxArchiveEntryBytes: 8 * MIB,
  maxArchiveEntries: 5000,
  maxExecutionTimeMs: 4000,
  maxGlobOperations: 20_000,
  maxStringLength: 8 * MIB,
  maxArrayElements: 20_000,
  maxHeredocSize: MIB,
  maxSubstitutionDepth: 20,
  maxBraceExpansionResults: 10_000,
  maxOutputSize: 4 * MIB,
  maxFileDescriptors: 256,
  maxSourceDepth: 20,
};
