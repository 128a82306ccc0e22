/** What a handler works with, and the ways in which dockerd answers. */

import { compareApiVersions } from "../../engine/index.ts";
import type { CaptureSink } from "../capture/index.ts";
import { Query, type Request, type Response } from "../http/index.ts";
import type { Engine } from "../state/engine.ts";
import { EngineFault } from "../state/fault.ts";
import { encodeJson, type Json } from "../state/go-json.ts";
import type { Timing } from "./timing.ts";

export interface Context {
  readonly engine: Engine;
  readonly sink: CaptureSink;
  readonly timing: Timing;
  readonly request: Request;
  readonly response: Response;
  /** Of the path, or the engine's own. */
  readonly version: string;
  /** Parts of the path by name, decoded. */
  readonly vars: Readonly<Record<string, string>>;
  readonly query: Query;
}

export type Handler = (context: Context) => Promise<void> | void;

/** Whether the request speaks at least this version of the API. */
export const atLeast = (context: Context, version: string): boolean =>
  compareApiVersions(context.version, version) >= 0;

export function json(context: Context, status: number, value: Json): void {
  text(context, status, "application/json", `${encodeJson(value)}\n`);
}

export function text(context: Context, status: number, type: string, body: string): void {
  const { response } = context;
  response.header("Content-Type", type);
  response.writeHead(status);
  response.write(body);
}

export function noContent(context: Context): void {
  context.response.writeHead(204);
}

/** `httputils.ParseForm`: what is wrong with the query refuses the request. */
export function parseForm(context: Context): void {
  if (context.query.error !== undefined) {
    throw new EngineFault(400, context.query.error);
  }
}

/** A stream of JSON objects, each sent at once. */
export class JsonStream {
  readonly #context: Context;
  readonly #end: string;

  constructor(context: Context, end = "\r\n") {
    this.#context = context;
    this.#end = end;
    context.response.header("Content-Type", "application/json");
  }

  async write(value: Json): Promise<void> {
    const { response } = this.#context;
    const ready = response.write(`${encodeJson(value)}${this.#end}`);
    response.flush();
    if (!ready) {
      await response.drained();
    }
  }
}

/** The query; a form body goes before it, as Go's `ParseForm` has it. */
export function queryOf(request: Request, rawQuery: string): Query {
  const { head, body } = request;
  const type = head.values.get("Content-Type")?.[0] ?? "";
  const hasForm =
    ["POST", "PUT", "PATCH"].includes(head.method) &&
    body.bytes.length > 0 &&
    type.split(";")[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
  return hasForm ? new Query(body.bytes.toString("latin1"), rawQuery) : new Query(rawQuery);
}

export const hasUpgrade = (request: Request): boolean => request.head.values.has("Upgrade");
