import { draftLayer, type HostLayer } from "../host-facts/index.ts";
import { objectOf } from "./document.ts";
import type { AnswerReader, EngineAnswers } from "./engine-answers.ts";
import {
  readAuthorization,
  readPlainFields,
  readRecursiveReadOnly,
  readRemappedIds,
  readWarnings,
} from "./engine-host.ts";
import { readApiVersion, readDesktop, readEngineKind, readRuntimeVersions } from "./engine-identity.ts";
import { readSecurityOptions } from "./engine-security.ts";

const READERS: readonly AnswerReader[] = [
  readEngineKind,
  readApiVersion,
  readDesktop,
  readRuntimeVersions,
  readPlainFields,
  readSecurityOptions,
  readRemappedIds,
  readAuthorization,
  readWarnings,
  readRecursiveReadOnly,
];

/**
 * What an engine tells of itself and its host, from the documents of GET /info and GET /version (parsed JSON; either
 * may be missing). A field of an unexpected type is not known. Never throws.
 */
export function readEngine(uri: string, info: unknown, version: unknown): HostLayer {
  const server = objectOf(version)["Server"]; // `docker version --format json`
  const answers: EngineAnswers = { uri, info: objectOf(info), version: objectOf(server ?? version) };
  const draft = draftLayer();
  for (const read of READERS) {
    read(answers, draft);
  }
  return draft.finish();
}
