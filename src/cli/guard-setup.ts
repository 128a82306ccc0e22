import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import type { Language } from "../base/index.ts";
import { type EngineEndpoint, resolveEndpoint } from "../engine/index.ts";
import type { CertificateRule, Decider, EngineLookup, ListenerConfig } from "../guard/index.ts";
import { createJudge, GateConfigError, parseListenAddress, policyDecider, seeLocalPath } from "../guard/index.ts";
import type { ClientRules, Policy } from "../policy/index.ts";
import { type HostLayer, readHostFacts } from "../readers/host-facts/index.ts";
import { NODE_SOURCE, probeHost } from "../readers/procfs/index.ts";
import { readNamedFile } from "./inputs/files.ts";
import { loadPolicy } from "./policy-file.ts";

/** What the command line says of listeners. */
export interface ListenOptions {
  readonly listen?: readonly string[];
  readonly client?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCa?: string;
  readonly insecurePlainTcp?: string;
  readonly socketMode?: string;
  readonly socketGroup?: string;
}

/** The engine that `--upstream` names, or that the docker command would find. @throws {EngineError} */
export function upstreamOf(upstream: string | undefined): EngineEndpoint {
  return resolveEndpoint({
    ...(upstream !== undefined && { host: upstream }),
    environment: process.env,
    homeFolder: homedir(),
    readFile: readNamedFile,
  });
}

/** What is known of the host besides what its engine tells: probes where it is this machine, and `--host-facts`. */
export function hostLayersOf(endpoint: EngineEndpoint | undefined, hostFacts: string | undefined): HostLayer[] {
  const layers: HostLayer[] = [];
  if (endpoint?.kind === "unix") {
    layers.push(probeHost(NODE_SOURCE, { engineSocket: endpoint.socketPath }));
  }
  if (hostFacts !== undefined) {
    layers.push(readHostFacts(readFileSync(hostFacts, "utf8"), hostFacts));
  }
  return layers;
}

/** How a policy is brought to decide. */
export interface DeciderSources {
  readonly policy: string;
  readonly language: Language;
  readonly mode?: "enforce" | "shadow";
  readonly endpoint?: EngineEndpoint;
  readonly layers: readonly HostLayer[];
}

/** The policy that is meant, with `--mode` over what it says itself. @throws {PolicyFileError} */
export function policyOf({ policy: source, language, mode }: DeciderSources): Policy {
  const policy = loadPolicy(source, language);
  if (mode === undefined) {
    return policy;
  }
  const clients = [...policy.clients].map(([name, rules]): [string, ClientRules] => [name, { ...rules, mode }]);
  return { ...policy, clients: new Map(clients) };
}

/** Makes the decision function of a policy. Paths are looked at only where the engine is on this machine. */
export function deciderOf(policy: Policy, sources: DeciderSources, lookup: EngineLookup | undefined): Decider {
  return policyDecider(
    createJudge({
      policy,
      ...(lookup !== undefined && { lookup }),
      ...(sources.endpoint?.kind === "unix" && { see: seeLocalPath }),
      hostLayers: sources.layers,
      now: () => performance.now(),
    }),
  );
}

/** The client that is named, or the only one. @throws {GateConfigError} */
export function clientOf(policy: Policy, name: string | undefined): string {
  const names = [...policy.clients.keys()];
  if (name !== undefined && names.includes(name)) {
    return name;
  }
  const [only] = names;
  if (name === undefined && names.length === 1 && only !== undefined) {
    return only;
  }
  throw new GateConfigError({
    en: `--client takes one of: ${names.join(", ")}`,
    ja: `--client には次のいずれかを指定してください: ${names.join(", ")}`,
  });
}

/** Where the gate listens, and who comes in there. @throws {GateConfigError} */
export function listenersOf(policy: Policy, options: ListenOptions): ListenerConfig[] {
  if (options.listen !== undefined) {
    const client = clientOf(policy, options.client);
    const mode = options.socketMode;
    if (mode !== undefined && !/^0?[0-7]{3}$/.test(mode)) {
      throw new GateConfigError({
        en: "--socket-mode takes an octal number such as 0660",
        ja: "--socket-mode には 0660 のような 8 進数を指定してください",
      });
    }
    const rules = policy.clients.get(client);
    return options.listen.map((address) =>
      listenerOf(address, client, rules === undefined ? [] : [rules], options, {
        ...(mode !== undefined && { mode: Number.parseInt(mode, 8) }),
        ...(options.socketGroup !== undefined && { group: options.socketGroup }),
      }),
    );
  }
  const byAddress = new Map<string, ClientRules[]>();
  for (const rules of policy.clients.values()) {
    for (const { address } of rules.listen) {
      byAddress.set(address, [...(byAddress.get(address) ?? []), rules]);
    }
  }
  if (byAddress.size === 0) {
    throw new GateConfigError({
      en: "there is nowhere to listen: give --listen, or `listen` in the policy",
      ja: "待ち受けるアドレスがありません。--listen か、ポリシーの `listen` を指定してください",
    });
  }
  return [...byAddress].map(([address, clients]) => policyListener(address, clients, options));
}

function policyListener(address: string, clients: readonly ClientRules[], options: ListenOptions): ListenerConfig {
  const [first, second] = clients;
  const listener = first?.listen.find((entry) => entry.address === address);
  const tls = options.tlsCert !== undefined && address.startsWith("tcp:");
  if (second !== undefined && !tls) {
    throw new GateConfigError({
      en: `${address} is given to two clients, ${first?.name} and ${second.name}: without certificates nobody can tell who comes in`,
      ja: `${address} は ${first?.name} と ${second.name} の 2 つのクライアントに割り当てられています。証明書がなければ区別できません`,
    });
  }
  return listenerOf(
    address,
    first?.name ?? "",
    clients,
    { ...options, ...(listener?.insecurePlainTcp === true && { insecurePlainTcp: address }) },
    {
      ...(listener?.mode !== undefined && { mode: listener.mode }),
      ...(listener?.owner !== undefined && { owner: String(listener.owner) }),
      ...(listener?.group !== undefined && { group: String(listener.group) }),
    },
  );
}

function listenerOf(
  address: string,
  client: string,
  clients: readonly ClientRules[],
  options: ListenOptions,
  socket: NonNullable<ListenerConfig["socket"]>,
): ListenerConfig {
  const parsed = parseListenAddress(address);
  if (parsed.kind === "unix") {
    return { address: parsed, client, socket };
  }
  const { tlsCert, tlsKey, tlsCa, insecurePlainTcp } = options;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new GateConfigError({
      en: "--tls-cert and --tls-key belong together",
      ja: "--tls-cert と --tls-key は両方指定してください",
    });
  }
  if (tlsCert !== undefined && tlsKey !== undefined) {
    const rules = clients.flatMap(certificateRules);
    if (rules.length === 0) {
      throw new GateConfigError({
        en: `no client of ${address} is known by a certificate: give \`identity\` in the policy`,
        ja: `${address} のクライアントに証明書の条件がありません。ポリシーの \`identity\` を指定してください`,
      });
    }
    return {
      address: parsed,
      tls: { certPath: tlsCert, keyPath: tlsKey, ...(tlsCa !== undefined && { clientCaPath: tlsCa }), rules },
    };
  }
  return { address: parsed, client, ...(insecurePlainTcp !== undefined && { plainAddress: insecurePlainTcp }) };
}

/** One rule for each way in which the lists can be met: one entry of each list that is given must hold. */
function certificateRules({ name, identity }: ClientRules): CertificateRule[] {
  const { certificateKey, commonName, subjectAltName, organizationalUnit } = identity;
  const lists = [
    ["publicKeySha256", certificateKey],
    ["commonName", commonName],
    ["subjectAltName", subjectAltName],
    ["organizationalUnit", organizationalUnit],
  ] as const;
  let rules: CertificateRule[] = [{ client: name }];
  for (const [key, values] of lists) {
    if (values !== undefined && values.length > 0) {
      rules = rules.flatMap((rule) => values.map((value) => ({ ...rule, [key]: value })));
    }
  }
  return lists.some(([, values]) => values !== undefined && values.length > 0) ? rules : [];
}
