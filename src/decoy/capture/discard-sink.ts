import type { CaptureSink } from "./sink.ts";

/** Keeps nothing: for a decoy that is started without a folder. */
export const DISCARD: CaptureSink = {
  connectionOpened: () => {},
  spill: () => undefined,
  requestReceived: () => {},
  responseSent: () => {},
  streamData: () => {},
  execution: () => {},
  connectionClosed: () => {},
};
