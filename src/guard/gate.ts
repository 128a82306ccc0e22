import type * as http from "node:http";
import { hostname } from "node:os";
import type { Language } from "../base/index.ts";
import type { EngineEndpoint } from "../engine/index.ts";
import type { EngineLookup } from "./judge/index.ts";
import { STOP_MS_MAX } from "./limits.ts";
import type { ListenAddress } from "./listen/address.ts";
import { listenOnPort, type OpenListener, openListener } from "./listen/listen.ts";
import type { ListenerConfig } from "./listen/listener.ts";
import { listenOnSocket } from "./listen/unix-socket.ts";
import { createAdminServer, type Health } from "./metrics/admin-server.ts";
import { Metrics } from "./metrics/metrics.ts";
import { EngineIdentity } from "./plane/answer-head.ts";
import type { PlaneContext } from "./plane/context.ts";
import type { Decider } from "./plane/decider.ts";
import { engineLookup } from "./plane/lookup.ts";
import { Upstream } from "./plane/upstream.ts";
import { openLog } from "./record/log-file.ts";
import { LogWriter } from "./record/log-writer.ts";
import { Recorder } from "./record/recorder.ts";

/** What a gate is made of. */
export interface GateConfig {
  readonly listeners: readonly ListenerConfig[];
  readonly upstream: EngineEndpoint;
  /** Reads the policy; called at the start and at each reload. Rejects when it cannot be used. */
  readonly loadDecider: (engine: EngineLookup) => Promise<Decider>;
  readonly mode: "enforce" | "shadow";
  /** Of messages to clients that the policy has no say in. */
  readonly language: Language;
  /** Where decisions are written; absent: nowhere. `-`: standard output. */
  readonly log?: { readonly path: string; readonly durable: boolean };
  /** For metrics and health. */
  readonly admin?: ListenAddress;
  /** A line for the operator. */
  readonly talk: (line: string) => void;
}

/** A gate that is open. */
export interface RunningGate {
  /** The addresses, with the ports that the kernel chose. */
  readonly uris: readonly string[];
  readonly adminUri: string | undefined;
  /** Reads policy and certificates again. What cannot be used is reported, and the old stays in force. */
  reload(): Promise<boolean>;
  /** Opens the log file again, after it was moved away. */
  reopenLog(): Promise<void>;
  /** Lets running requests end for a while, then cuts them. */
  stop(): Promise<void>;
}

/** Opens a gate. @throws {GateConfigError} when a setting cannot be used; nothing is left open then. */
export async function openGate(config: GateConfig): Promise<RunningGate> {
  const gate = new Gate(config);
  try {
    await gate.open();
  } catch (error) {
    await gate.stop();
    throw error;
  }
  return gate;
}

class Gate implements RunningGate {
  readonly #config: GateConfig;
  readonly #upstream: Upstream;
  readonly #recorder = new Recorder(hostname(), () => new Date());
  readonly #metrics = new Metrics();
  #context: PlaneContext | undefined;
  #listeners: OpenListener[] = [];
  #admin: { readonly server: http.Server; readonly uri: string } | undefined;
  #reloading: Promise<boolean> | undefined;

  constructor(config: GateConfig) {
    this.#config = config;
    this.#upstream = new Upstream(config.upstream);
  }

  get uris(): readonly string[] {
    return this.#listeners.map(({ uri }) => uri);
  }

  get adminUri(): string | undefined {
    return this.#admin?.uri;
  }

  async open(): Promise<void> {
    const { log, mode, language, talk, listeners, admin } = this.#config;
    const decider = await this.#config.loadDecider(engineLookup(this.#upstream));
    if (log !== undefined) {
      this.#recorder.log = new LogWriter(await openLog(log.path), {
        durable: log.durable,
        event: (id, details) => this.#recorder.event(id, details),
        onTrouble: (cause) => talk(logTrouble(log.path, cause)),
      });
    }
    this.#context = {
      upstream: this.#upstream,
      identity: new EngineIdentity(),
      recorder: this.#recorder,
      metrics: this.#metrics,
      decider,
      mode,
      language,
      talk,
    };
    for (const listener of listeners) {
      this.#listeners.push(await openListener(listener, this.#context));
    }
    if (admin !== undefined) {
      this.#admin = await this.#openAdmin(admin);
    }
    this.#recorder.note("guard.started", { listeners: this.uris, upstream: this.#upstream.endpoint.uri, mode });
  }

  async #openAdmin(address: ListenAddress): Promise<{ server: http.Server; uri: string }> {
    this.#metrics.gauge("sekisho_guard_log_records", "Number of the log's next record.", () => {
      return this.#recorder.log?.nextSequence ?? 0;
    });
    this.#metrics.gauge("sekisho_guard_log_failing", "1 while the log cannot be written and nothing passes.", () => {
      return this.#recorder.log?.isFailing === true ? 1 : 0;
    });
    this.#metrics.gauge("process_resident_memory_bytes", "Memory of the gate.", () => process.memoryUsage.rss());
    const server = createAdminServer(this.#metrics, () => this.#health());
    if (address.kind === "unix") {
      await listenOnSocket(server, address.path, {});
      return { server, uri: address.uri };
    }
    return { server, uri: await listenOnPort(server, address) };
  }

  async #health(): Promise<Health> {
    const troubles: string[] = [];
    if (this.#recorder.log?.isFailing === true) {
      troubles.push("log-unwritable");
    }
    const engine = await this.#upstream.lookup("/_ping").catch(() => undefined);
    if (engine?.status !== 200) {
      troubles.push("upstream-unreachable");
    }
    return { ok: troubles.length === 0, troubles };
  }

  reload(): Promise<boolean> {
    this.#reloading ??= this.#reload().finally(() => {
      this.#reloading = undefined;
    });
    return this.#reloading;
  }

  async #reload(): Promise<boolean> {
    const context = this.#context;
    if (context === undefined) {
      return false;
    }
    try {
      const decider = await this.#config.loadDecider(engineLookup(this.#upstream));
      for (const listener of this.#listeners) {
        listener.reloadCertificates();
      }
      context.decider = decider;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#config.talk(`the new policy cannot be used, the old one stays in force: ${why}`);
      this.#recorder.note("guard.policy.rejected", { why });
      this.#metrics.count("sekisho_guard_policy_loads_total", { result: "rejected" });
      return false;
    }
    this.#recorder.note("guard.policy.loaded", {});
    this.#metrics.count("sekisho_guard_policy_loads_total", { result: "loaded" });
    return true;
  }

  async reopenLog(): Promise<void> {
    const { log } = this.#config;
    if (log !== undefined) {
      await this.#recorder.log?.reopen(() => openLog(log.path));
    }
  }

  async stop(): Promise<void> {
    const listeners = this.#listeners;
    const admin = this.#admin;
    this.#listeners = [];
    this.#admin = undefined;
    admin?.server.close();
    admin?.server.closeAllConnections();
    await Promise.all(listeners.map(({ server, cutAll }) => closeServer(server, cutAll)));
    this.#upstream.close();
    this.#recorder.note("guard.stopped", {});
    await this.#recorder.log?.close();
  }
}

/** Takes no more connections, gives running requests a while, then cuts what is left. */
function closeServer(server: http.Server, cutAll: () => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(cutAll, STOP_MS_MAX);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function logTrouble(path: string, cause: unknown): string {
  if (cause === undefined) {
    return `the log ${path} can be written again`;
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return `the log ${path} cannot be written, nothing passes until it can: ${why}`;
}
