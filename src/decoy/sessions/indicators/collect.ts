import type { IndicatorType, SessionIndicator } from "../../../findings/index.ts";
import { type Act, memberOf, parseImage, textOf, wordsOf } from "../acts/index.ts";
import { type Deed, landedFiles, typedText } from "../deeds.ts";
import { trustOf } from "../image-trust.ts";
import { POOL } from "../mining-words.ts";
import { isReadable } from "../shell/index.ts";
import { isPrivate, type Scene, touchedFiles, urlOf } from "../signs/index.ts";
import { headerOf } from "../visit.ts";
import { findNetwork, fromUrl } from "./network.ts";
import { findEmails, findSshKeys, findTokens, secretOfVariable } from "./secrets.ts";
import { findWallets } from "./wallets.ts";

/** Most indicators of one visit. */
export const INDICATORS_MAX = 500;

/** Longest value of an indicator, in characters. */
export const INDICATOR_CHARACTERS_MAX = 4_096;

/** Everything in an attack by which its author can be known elsewhere, the first place of each. */
export function collectIndicators(scene: Scene): readonly SessionIndicator[] {
  const collector = new Collector(scene);
  for (const act of scene.acts) {
    collector.act(act);
  }
  for (const deed of scene.deeds) {
    collector.deed(deed);
  }
  for (const { act, text } of [...scene.payloads, ...scene.comments]) {
    collector.text(text, act.request.number);
  }
  return collector.indicators();
}

class Collector {
  readonly #scene: Scene;
  readonly #own: ReadonlySet<string>;
  readonly #found = new Map<string, SessionIndicator>();

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#own = ownAddresses(scene);
  }

  indicators(): readonly SessionIndicator[] {
    return [...this.#found.values()].sort(
      (left, right) =>
        Number(left.strength === "context") - Number(right.strength === "context") || left.request - right.request,
    );
  }

  #add(type: IndicatorType, value: string, request: number, strength: SessionIndicator["strength"] = "strong"): void {
    const key = `${type} ${value}`;
    const known = this.#found.get(key);
    if (value === "" || value.length > INDICATOR_CHARACTERS_MAX || this.#found.size >= INDICATORS_MAX) {
      return;
    }
    if (known === undefined || (known.strength === "context" && strength === "strong")) {
      const secret = type === "credential" ? { secret: true as const } : {};
      this.#found.set(key, { type, value, strength, request: known?.request ?? request, ...secret });
    }
  }

  /** Whatever a text names. */
  text(text: string, request: number): void {
    for (const { type, value, strength } of findNetwork(text, this.#own)) {
      this.#add(type, value, request, strength);
    }
    for (const key of findSshKeys(text)) {
      this.#add("ssh-key", key, request);
    }
    for (const mail of findEmails(text)) {
      this.#add("email", mail, request);
    }
    for (const token of findTokens(text)) {
      this.#add("credential", token, request);
    }
    for (const wallet of findWallets(text)) {
      this.#add("wallet", wallet, request);
    }
    for (const pool of findPools(text)) {
      this.#add("pool", pool, request);
    }
    for (const [, digest = ""] of text.matchAll(/(?:sha256[:= ]\s*|^|\s)([0-9a-f]{64})(?=$|\s)/g)) {
      this.#add("sha256", digest, request);
    }
  }

  act(act: Act): void {
    const { number } = act.request;
    this.#registry(act);
    switch (act.kind) {
      case "create-container":
        this.#created(act);
        break;
      case "pull-image":
        this.#image(pulledName(act), number);
        this.text(act.query.get("fromSrc") ?? "", number);
        break;
      case "build-image":
        this.text([act.query.get("remote") ?? "", ...(act.dockerfile?.added ?? [])].join("\n"), number);
        for (const base of act.dockerfile?.bases ?? []) {
          this.#image(base, number);
        }
        this.#image(act.query.get("t") ?? "", number);
        break;
      case "join-swarm":
        this.text(wordsOf(act.json, "RemoteAddrs").join(" "), number);
        this.#add("credential", textOf(act.json, "JoinToken") ?? "", number);
        break;
      case "create-volume":
        this.text(
          Object.values(memberOf(act.json, "DriverOpts") ?? {})
            .map(String)
            .join(" ")
            .replaceAll("addr=", " "),
          number,
        );
        break;
      case "create-service":
        this.#image(textOf(act.json, "TaskTemplate", "ContainerSpec", "Image") ?? "", number);
        break;
      case "unknown":
        this.text(decodeLoosely(act.request.target), number);
        break;
    }
    if (act.request.stream !== undefined) {
      this.text(typedText(act.request.stream), number);
    }
    for (const { kind, value } of act.request.observations ?? []) {
      if (kind === "fetch" || kind === "connect" || kind === "lookup") {
        this.text(value, number);
      }
    }
    for (const file of landedFiles(act)) {
      this.#file(act, file);
    }
    const agent = headerOf(act.request, "user-agent");
    if (agent !== undefined) {
      this.#add("user-agent", agent, number, ORDINARY_CLIENT.test(agent) ? "context" : "strong");
    }
  }

  #created(act: Act): void {
    const { number } = act.request;
    const config = act.subject?.workload?.config;
    this.#image(act.subject?.image ?? "", number);
    this.#add("container-name", act.subject?.name ?? "", number);
    for (const entry of config?.Config.Env ?? []) {
      this.text(entry.slice(entry.indexOf("=") + 1), number);
      this.#add("credential", secretOfVariable(entry) ?? "", number);
      this.text(entry, number);
    }
    for (const { source, target } of this.#scene.mountsOf(act.subject)) {
      if (source === "/" || /^\/(?:host_mnt|mnt\/host\/[a-z]$|run\/desktop)|^[A-Za-z]:/.test(source)) {
        this.#add("host-path", target, number, "context");
      }
      if (source !== "/") {
        this.#add("host-path", source, number, "context");
      }
    }
    this.text(act.argv.join(" "), number);
  }

  #registry({ registryAccount: account, request: { number } }: Act): void {
    if (account === undefined) {
      return;
    }
    const { username, password, token, email, server } = account;
    this.#add("credential", password === undefined ? (token ?? "") : `${username ?? ""}:${password}`, number);
    this.#add("user", username ?? "", number);
    this.#add("email", email ?? "", number);
    this.text(server ?? "", number);
  }

  #image(reference: string, request: number): void {
    if (reference === "" || reference.startsWith("sha256:") || reference.length > 300) {
      return;
    }
    const trust = trustOf(reference);
    const strange = trust === "personal" || trust === "registry";
    this.#add("image", reference, request, strange ? "strong" : "context");
    const { registry, digest } = parseImage(reference);
    if (trust === "registry" && registry !== undefined) {
      this.text(registry, request);
    }
    if (digest?.startsWith("sha256:") === true) {
      this.#add("sha256", digest.slice(7), request);
    }
  }

  #file(act: Act, file: { readonly path: string; readonly sha256: string | undefined; readonly data: Buffer }): void {
    const { number } = act.request;
    if (act.kind === "write-files") {
      this.#add("host-path", file.path, number);
    }
    if (file.sha256 !== undefined && file.data.length > 0) {
      this.#add("sha256", file.sha256, number, act.kind === "build-image" ? "context" : "strong");
    }
    if (isReadable(file.data)) {
      this.text(file.data.toString("utf8"), number);
    }
  }

  deed(deed: Deed): void {
    const { number } = deed.act.request;
    const { argv, name, redirects, stdin } = deed.command;
    this.text(argv.join(" "), number);
    this.text(argv.join("\n"), number);
    for (const { target } of redirects) {
      const [, host = "", port = ""] = /^\/dev\/(?:tcp|udp)\/([^/]+)\/(\d+)/.exec(target) ?? [];
      this.text(host === "" ? "" : `${host}:${port}`, number);
    }
    for (const [, host = "", port = ""] of argv.join(" ").matchAll(/\/dev\/(?:tcp|udp)\/([\w.-]+)\/(\d+)/g)) {
      this.text(`${host}:${port}`, number);
    }
    if (/^(?:curl|wget\d?|cd1|wd1|tftp|ftpget|nc|ncat|telnet|ssh|ping|dig|nslookup|socat|git)$/.test(name)) {
      for (const word of argv.slice(1)) {
        const url = word.startsWith("-") ? undefined : urlOf(word);
        const address =
          url !== undefined && /^(?:curl|wget\d?|cd1|wd1)$/.test(name)
            ? fromUrl(url.replace(/[;|&].*$/s, ""), this.#own)
            : [];
        for (const { type, value, strength } of address) {
          this.#add(type, value, number, strength);
        }
      }
    }
    for (const file of touchedFiles(deed, this.#scene)) {
      this.#touched(deed, file);
    }
    this.#accounts(deed, stdin);
    if (deed.role === "exec" && /^\/(?:usr\/|tmp\/|root\/|opt\/|var\/)/.test(argv[0] ?? "") && argv.length === 1) {
      this.#add("host-path", argv[0] ?? "", number, "context");
    }
  }

  #touched(
    deed: Deed,
    {
      path,
      onHost,
      content,
    }: { readonly path: string; readonly onHost: boolean; readonly content: string | undefined },
  ): void {
    const { number } = deed.act.request;
    if (/[$*\n ]/.test(path) || path === "/" || path.length > 1_024 || (deed.role === "build" && !onHost)) {
      return;
    }
    this.#add("host-path", path, number, onHost || /\/(?:etc|root|usr|\.\w)/.test(path) ? "strong" : "context");
    if (content !== undefined) {
      this.text(content, number);
    }
    for (const [, user = ""] of (/\/(?:passwd|shadow)$/.test(path) ? (content ?? "") : "").matchAll(
      /^([a-z_][a-z0-9_-]*):[^:\n]*:\d*/gm,
    )) {
      this.#add("user", user, number);
    }
    for (const [, user = ""] of (/sudoers/.test(path) ? (content ?? "") : "").matchAll(
      /^%?([a-z_][a-z0-9_-]*)\s+ALL\s*=/gm,
    )) {
      this.#add("user", user, number, user === "root" ? "context" : "strong");
    }
  }

  /** Accounts that commands make or give passwords to. */
  #accounts(deed: Deed, stdin: string | undefined): void {
    const { number } = deed.act.request;
    const { argv, name } = deed.command;
    if (deed.role !== "build" && /^(?:useradd|adduser|usermod)$/.test(name)) {
      const words = argv
        .slice(1)
        .filter((word, index, all) => !word.startsWith("-") && !/^-(?:[gGsdcukepK]|-\w+)$/.test(all[index - 1] ?? ""));
      const user = words.find((word) => /^[a-z_][a-z0-9_.-]{0,31}\$?$/i.test(word));
      this.#add("user", user ?? "", number);
    }
    if (name === "chpasswd" && stdin !== undefined) {
      for (const [, user = "", password = ""] of stdin.matchAll(/^([a-z_][\w.-]*):(\S+)$/gim)) {
        this.#add("user", user, number, user === "root" ? "context" : "strong");
        this.#add("credential", `${user}:${password}`, number);
      }
    }
  }
}

/** Clients that half of the world uses: no sign of anybody. */
const ORDINARY_CLIENT =
  /^(?:Docker-Client|docker|Go-http-client|curl|Wget|wget|python-requests|Python-urllib|docker-sdk-python|axios|okhttp|Java|Apache-HttpClient|compose|Mozilla\/5\.0 \((?:Windows|Macintosh|X11|Linux|iPhone|compatible;))/i;

/** Addresses under which the visitor spoke to us, or which it gave as ours. */
function ownAddresses({ acts }: Scene): ReadonlySet<string> {
  const hosts = acts.flatMap((act) => {
    const host = (headerOf(act.request, "host") ?? "").replace(/:\d+$/, "").toLowerCase();
    const advertised = (textOf(act.json, "AdvertiseAddr") ?? "").replace(/:\d+$/, "");
    return [host, advertised];
  });
  return new Set(hosts.filter((host) => host !== ""));
}

function pulledName(act: Act): string {
  const name = act.query.get("fromImage") ?? "";
  const tag = act.query.get("tag") ?? "";
  return tag === "" || tag === "latest" || name.includes("@") || /:[^/]+$/.test(name)
    ? name
    : tag.startsWith("sha256:")
      ? `${name}@${tag}`
      : `${name}:${tag}`;
}

/** Where miners fetch their work: what their options name, and what has the form of a pool. */
function findPools(text: string): readonly string[] {
  const mining =
    POOL.test(text) ||
    /\b(?:xmrig|miner|--donate-level|--randomx|--coin|--algo|-a\s+(?:rx|cn|kawpow)|mining|cryptonight|srbminer)/i.test(
      text,
    );
  const pools = new Set<string>();
  for (const [, pool = ""] of text.matchAll(/\bstratum\d?(?:\+\w+)?:\/\/(?:[^\s/@"']+@)?([\w.-]+:\d{1,5})/gi)) {
    pools.add(pool);
  }
  if (mining) {
    for (const [, pool = ""] of text.matchAll(
      /(?:(?:^|\s)(?:-o|--url|--pool|--server|-P)[= ]\s*|"(?:url|pool)"\s*:\s*"|\b(?:POOL(?:_URL|_HOST)?)=)(?:\w+(?:\+\w+)?:\/\/)?((?:[\w-]+\.)+[\w-]+:\d{1,5})/g,
    )) {
      pools.add(pool);
    }
    for (const [pool] of text.matchAll(
      /\b(?:[\w-]+\.)+[a-z]{2,24}:(?:3333|4444|5555|7777|8888|9999|1\d{4}|2\d{4}|3\d{4})\b/gi,
    )) {
      pools.add(pool);
    }
  }
  return [...pools].filter((pool) => !isPrivate(pool));
}

function decodeLoosely(target: string): string {
  try {
    return decodeURIComponent(target.replaceAll("+", " "));
  } catch (error) {
    if (error instanceof URIError) {
      return target;
    }
    throw error;
  }
}
