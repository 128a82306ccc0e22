import { MIB } from "../base/index.ts";

/** What an engine may cost us. */
export interface EngineLimits {
  readonly connectMsMax: number;
  /** From the request on the connection to the last byte of the answer. */
  readonly answerMsMax: number;
  readonly answerBytesMax: number;
  readonly socketsMax: number;
}

/** A local engine accepts in microseconds; five seconds are two lost packets on a slow road. */
export const ENGINE_CONNECT_MS_MAX = 5_000;

/** `/info` asks every plugin and storage driver; a loaded host was seen to take several seconds. */
export const ENGINE_ANSWER_MS_MAX = 30_000;

/** An inspect document is 6 KB, one line of `/containers/json` 1 KB: this is ten thousand containers several times over. */
export const ENGINE_ANSWER_BYTES_MAX = 64 * MIB;

/** Requests at once. More do not make one engine faster: it takes locks per container. */
export const ENGINE_SOCKETS_MAX = 8;

export const ENGINE_LIMITS: EngineLimits = {
  connectMsMax: ENGINE_CONNECT_MS_MAX,
  answerMsMax: ENGINE_ANSWER_MS_MAX,
  answerBytesMax: ENGINE_ANSWER_BYTES_MAX,
  socketsMax: ENGINE_SOCKETS_MAX,
};
