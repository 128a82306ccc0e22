/** Files of containers: copy in and out, changes, export. */

import type { PathStat } from "../shell/index.ts";
import { EngineFault } from "../state/fault.ts";
import { encodeJson } from "../state/go-json.ts";
import { sessionOf } from "../state/lifecycle.ts";
import { namedContainer } from "./containers.ts";
import { type Context, json, parseForm } from "./context.ts";
import { badTar } from "./image-archives.ts";

function path(context: Context): string {
  const wanted = context.query.get("path");
  if (wanted === "") {
    throw new EngineFault(400, "bad parameter: pathcannot be empty");
  }
  return wanted;
}

async function stat(context: Context, wanted: string): Promise<PathStat> {
  const container = namedContainer(context);
  const found = await sessionOf(context.engine, container).stat(wanted.startsWith("/") ? wanted : `/${wanted}`);
  if (found === undefined) {
    throw new EngineFault(404, `Could not find the file ${wanted} in container ${context.vars["name"]}`);
  }
  context.response.header(
    "X-Docker-Container-Path-Stat",
    Buffer.from(
      encodeJson({
        name: found.name,
        size: found.size,
        mode: found.mode,
        mtime: new Date(found.modified).toISOString().replace(/\.000Z$/, "Z"),
        linkTarget: found.linkTarget,
      }),
    ).toString("base64"),
  );
  return found;
}

/** `HEAD /containers/{name}/archive`. */
export async function archiveHeadHandler(context: Context): Promise<void> {
  parseForm(context);
  await stat(context, path(context));
  context.response.writeHead(200);
}

/** `GET /containers/{name}/archive`. */
export async function archiveGetHandler(context: Context): Promise<void> {
  parseForm(context);
  const wanted = path(context);
  await stat(context, wanted);
  const bytes = await sessionOf(context.engine, namedContainer(context)).read(
    wanted.startsWith("/") ? wanted : `/${wanted}`,
  );
  context.response.header("Content-Type", "application/x-tar");
  context.engine.events.ofContainer(namedContainer(context), "archive-path");
  context.response.write(bytes ?? new Uint8Array());
}

/** `PUT /containers/{name}/archive`. */
export async function archivePutHandler(context: Context): Promise<void> {
  parseForm(context);
  const { engine, request, response } = context;
  const wanted = path(context);
  const container = namedContainer(context);
  response.bodyRead = true;
  const absolute = wanted.startsWith("/") ? wanted : `/${wanted}`;
  const outcome = await sessionOf(engine, container).write(absolute, request.body.bytes);
  switch (outcome) {
    case "no-such-path":
      throw new EngineFault(404, `Could not find the file ${wanted} in container ${context.vars["name"]}`);
    case "not-a-directory":
      throw new EngineFault(500, "extraction point is not a directory");
    case "read-only":
      throw new EngineFault(403, "mounted volume is marked read-only");
    case "not-a-tar":
      if (!request.body.truncated) {
        throw new EngineFault(500, badTar(request.body.bytes));
      }
      break;
    case "written":
      break;
  }
  container.writtenBytes = Math.max(container.writtenBytes, sessionOf(engine, container).writtenBytes());
  engine.events.ofContainer(container, "extract-to-dir");
  engine.changed();
  await context.timing.wait("network", 0.8);
  response.writeHead(200);
}

/** `GET /containers/{name}/changes`. */
export async function changesHandler(context: Context): Promise<void> {
  const changes = await sessionOf(context.engine, namedContainer(context)).changes();
  json(
    context,
    200,
    changes.length === 0 ? null : changes.map(({ path: changed, kind }) => ({ Path: changed, Kind: kind })),
  );
}

/** `GET /containers/{name}/export`. */
export async function exportHandler(context: Context): Promise<void> {
  const container = namedContainer(context);
  const bytes = await sessionOf(context.engine, container).export();
  context.engine.events.ofContainer(container, "export");
  for (let at = 0; at < bytes.length; at += EXPORT_PIECE_BYTES) {
    if (!context.response.write(bytes.subarray(at, at + EXPORT_PIECE_BYTES))) {
      await context.response.drained();
    }
    context.response.flush();
  }
}

/** What io.Copy moves at a time. */
const EXPORT_PIECE_BYTES = 32 * 1024;
