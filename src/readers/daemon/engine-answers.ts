import type { HostValues, Place } from "../../facts/index.ts";
import type { LayerDraft } from "../host-facts/index.ts";
import { type Document, objectsOf, textOf } from "./document.ts";

/** The two documents of an engine, and where it listens. */
export interface EngineAnswers {
  /** `unix:///…` or `tcp://…`. */
  readonly uri: string;
  /** GET /info. */
  readonly info: Document;
  /** GET /version. The CLI's `docker version` puts the same under `Server`. */
  readonly version: Document;
}

/** Reads one part of the answers. */
export type AnswerReader = (answers: EngineAnswers, draft: LayerDraft) => void;

/** The place of a field of an engine's answer. */
export const placeIn = (answers: EngineAnswers, field: string): Place => ({ uri: answers.uri, field });

/** Sets a key from a field, when the field tells it. */
export function setFrom<Key extends keyof HostValues>(
  draft: LayerDraft,
  answers: EngineAnswers,
  key: Key,
  value: HostValues[Key] | undefined,
  field: string,
): void {
  draft.set(key, value, placeIn(answers, field));
}

/** A component of /version by its name. */
export function componentOf(answers: EngineAnswers, name: string): { readonly index: number; readonly body: Document } {
  const components = objectsOf(answers.version["Components"]);
  const index = components.findIndex((component) => textOf(component["Name"]) === name);
  return { index, body: components[index] ?? {} };
}

/** Podman answers the same routes as Docker and names itself only here (podman pkg/api/handlers/compat/version.go). */
export const PODMAN = "Podman Engine";

/** Whether the engine is Podman. */
export const isPodman = (answers: EngineAnswers): boolean => componentOf(answers, PODMAN).index >= 0;
