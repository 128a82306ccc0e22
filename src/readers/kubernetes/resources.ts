import type { DeviceConfig, DeviceRequestConfig, PlacedContainer, Pod, PodPath } from "../../facts/index.ts";
import type { ContainerDraft } from "./draft.ts";

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a quantity stands for (resource.Quantity). `undefined`: it is none. */
export function quantityOf(text: string): number | undefined {
  const [, digits = "", suffix = ""] = /^([-+]?[\d.]+(?:[eE][-+]?\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = SUFFIXES[suffix];
  return digits === "" || factor === undefined ? undefined : Number(digits) * factor;
}

/** Nodes that widely used device plugins hand out under these names. */
const DEVICES: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)kvm$/, "/dev/kvm"],
  [/(^|\/)fuse$/, "/dev/fuse"],
  [/(^|\/)(net-)?tun$/, "/dev/net/tun"],
];

/** Limits of the container, else of the whole pod, and the devices that are asked for. */
export function readResources(draft: ContainerDraft, pod: Pod, { container, path }: PlacedContainer): void {
  const own = container.resources?.limits ?? {};
  const common = pod.spec.resources?.limits ?? {};
  const limit = (name: string): { value: number; path: PodPath } | undefined => {
    const ownValue = own[name];
    const text = ownValue ?? common[name];
    const value = text === undefined ? undefined : quantityOf(text);
    const at: PodPath =
      ownValue === undefined ? ["spec", "resources", "limits", name] : [...path, "resources", "limits", name];
    return value === undefined ? undefined : { value, path: at };
  };
  const memory = limit("memory");
  if (memory !== undefined) {
    draft.setHost("Memory", memory.value, memory.path);
  }
  const cpu = limit("cpu");
  if (cpu !== undefined) {
    draft.setHost("NanoCpus", cpu.value * 1e9, cpu.path);
  }
  const storage = limit("ephemeral-storage");
  if (storage !== undefined) {
    draft.setHost("StorageOpt", { size: String(storage.value) }, storage.path);
  }
  readDevices(draft, own, path);
}

function readDevices(draft: ContainerDraft, limits: Readonly<Record<string, string>>, path: PodPath): void {
  const devices: DeviceConfig[] = [];
  const requests: DeviceRequestConfig[] = [];
  for (const [name, text] of Object.entries(limits)) {
    const at = [...path, "resources", "limits", name];
    const node = DEVICES.find(([pattern]) => pattern.test(name))?.[1];
    if (node !== undefined) {
      draft.at(`HostConfig.Devices[${devices.length}]`, at);
      devices.push({ PathOnHost: node });
    } else if (/^(nvidia\.com|amd\.com|gpu\.intel\.com)\//.test(name)) {
      draft.at(`HostConfig.DeviceRequests[${requests.length}]`, at);
      draft.at("HostConfig.DeviceRequests", at);
      requests.push({ Driver: name.split(".")[0] ?? "", Count: quantityOf(text) ?? 0, Capabilities: [["gpu"]] });
    }
  }
  if (devices.length > 0) {
    draft.host.Devices = devices;
  }
  if (requests.length > 0) {
    draft.host.DeviceRequests = requests;
  }
}
