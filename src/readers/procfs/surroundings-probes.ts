import { exists, textOf } from "./host-source.ts";
import { type Probe, placeOf } from "./probe.ts";

/** Files of the firmware that name who built, or rents out, the machine. */
const FIRMWARE_FILES = ["sys_vendor", "product_name", "bios_vendor", "chassis_asset_tag"].map(
  (name) => `/sys/class/dmi/id/${name}`,
);

/**
 * Clouds whose machines have a metadata service on the link, by what they write into the firmware (systemd's
 * src/basic/virt.c and cloud-init's ds-identify know the same words).
 */
const CLOUD =
  /Amazon EC2|Google|7783-7084-3265-9085-8269-3286-77|OracleCloud|Alibaba|Tencent|DigitalOcean|Hetzner|OpenStack|Scaleway|Vultr|Exoscale|Akamai|Linode|UpCloud|IBM:Cloud/i;

/** A cloud is told by its firmware. The lack of a known name proves nothing. */
export const probeCloud: Probe = (source, draft) => {
  const path = FIRMWARE_FILES.find((file) => CLOUD.test(textOf(source, file) ?? ""));
  if (path !== undefined) {
    draft.set("facts", { "host.cloud-imds": "yes" }, placeOf(path, "facts"));
  }
};

export const probeKubelet: Probe = (source, draft) => {
  const path = "/var/lib/kubelet";
  draft.set("kubelet", exists(source, path), placeOf(path, "kubelet"));
};
