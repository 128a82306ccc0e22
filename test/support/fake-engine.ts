import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";

/** How the fake engine answers the inspect call of one container. */
export type Inspected = object | "gone" | "failed" | "garbage" | "closed" | "no-container";

export interface FakeEngine {
  /** For `--host`. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

const ID_CHARACTERS = 64;

const idOf = (index: number): string => String(index + 1).padStart(ID_CHARACTERS, "0");

/** An engine on a socket in a folder, with one container for each entry. */
export function fakeEngine(folder: string, containers: Readonly<Record<string, Inspected>>): Promise<FakeEngine> {
  const entries = Object.entries(containers);
  return listen(folder, (request, response) => {
    const path = (request.url ?? "").replace(/^\/v[\d.]+/, "");
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    response.setHeader("Api-Version", "1.47");
    response.setHeader("OSType", "linux");
    if (path === "/_ping") {
      response.end("OK");
    } else if (path.startsWith("/containers/json")) {
      json(entries.map(([name], index) => ({ Id: idOf(index), Names: [`/${name}`], Image: "i", State: "running" })));
    } else if (path === "/volumes") {
      json({ Volumes: null });
    } else if (path === "/info") {
      json({ SecurityOptions: ["name=seccomp,profile=builtin", "name=cgroupns"], CgroupVersion: "2", Driver: "x" });
    } else if (path === "/version") {
      json({ Version: "28.5.1", ApiVersion: "1.47", KernelVersion: "6.8.0-45-generic" });
    } else {
      const index = entries.findIndex((_, at) => path === `/containers/${idOf(at)}/json`);
      const answer = entries[index]?.[1] ?? "gone";
      if (answer === "gone") {
        json({ message: "No such container" }, 404);
      } else if (answer === "failed") {
        json({ message: "layer does not exist" }, 500);
      } else if (answer === "garbage") {
        response.end("\u0000not JSON\u001b[31m");
      } else if (answer === "closed") {
        request.socket.destroy();
      } else if (answer === "no-container") {
        json({ Name: 5 });
      } else {
        json({ Id: idOf(index), Name: `/${entries[index]?.[0]}`, State: { Running: true }, ...answer });
      }
    }
  });
}

/** Something on a socket that is no engine. */
export function listen(folder: string, answer: RequestListener): Promise<FakeEngine> {
  const socketPath = join(folder, `${Math.random().toString(36).slice(2)}.sock`);
  const server = createServer(answer);
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(socketPath, () => {
      resolve({ address: `unix://${socketPath}`, close: () => closeServer(server, sockets) });
    });
  });
}

function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) {
    socket.destroy();
  }
  return new Promise((resolve) => server.close(() => resolve()));
}
