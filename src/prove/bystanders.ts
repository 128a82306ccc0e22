import { decodeRequest } from "../engine/index.ts";
import { ModelEngine } from "../guard/index.ts";

/** Containers of others that stand on the engine, as they do on real ones. */
export const BYSTANDERS: readonly { readonly name: string; readonly hostConfig: object }[] = [
  { name: "bystander", hostConfig: {} },
  { name: "bystander-privileged", hostConfig: { Privileged: true } },
  { name: "bystander-backup", hostConfig: { Binds: ["/:/host"] } },
  { name: "bystander-portainer", hostConfig: { Binds: ["/var/run/docker.sock:/var/run/docker.sock"] } },
  { name: "bystander-monitor", hostConfig: { PidMode: "host", NetworkMode: "host", CapAdd: ["SYS_PTRACE"] } },
];

/** A volume of others that is a directory of the host. */
export const BYSTANDER_VOLUME = "bystander-volume";

/** An engine on which they run, with their volume. */
export function bystanderEngine(): ModelEngine {
  const engine = new ModelEngine({ unknown: { kind: "absent" }, counts: true });
  const make = (target: string, body: object): void => {
    const headers = [["Content-Type", "application/json"]] as const;
    const decoded = decodeRequest({ method: "POST", target, headers, body: Buffer.from(JSON.stringify(body)) });
    if (decoded.ok) {
      engine.apply(decoded.request);
    }
  };
  for (const { name, hostConfig } of BYSTANDERS) {
    make(`/containers/create?name=${name}`, { Image: "bystander", HostConfig: hostConfig });
  }
  make("/volumes/create", { Name: BYSTANDER_VOLUME, DriverOpts: { type: "none", o: "bind", device: "/" } });
  return engine;
}
