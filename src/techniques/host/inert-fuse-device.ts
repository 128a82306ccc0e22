import { all, config, device, not } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * /dev/fuse without the power to mount.
 *
 * Often reported as an escape. Nothing can be mounted without CAP_SYS_ADMIN, and without a mount the device does
 * nothing; with it, see dev-fuse.
 */
export const inertFuseDevice = technique({
  id: "inert-fuse-device",
  attack: ["T1611"],
  severity: "info",
  title: { en: "/dev/fuse is passed and cannot be used", ja: "/dev/fuse が渡されているが使えない" },
  explanation: {
    en: "A FUSE mount needs CAP_SYS_ADMIN besides the device, and this container adds no capability. The device is not a danger as it stands, and whatever it was meant for does not work either. Remove it, or find out what the image needs it for.",
    ja: "FUSE のマウントにはデバイスに加えて CAP_SYS_ADMIN が要るが、このコンテナはケーパビリティを追加していない。現状では危険ではなく、本来の目的も果たせていない。外すか、イメージが何のために必要としているかを確かめるとよい。",
  },
  basis: "documented",
  needs: all(config.devices, device("fuse", "w"), not(config.capabilitiesAdded)),
  gains: [],
  examples: {
    open: ["docker run --device /dev/fuse busybox"],
    closed: [
      "docker run --cap-add SYS_ADMIN --device /dev/fuse busybox",
      "docker run --privileged busybox",
      "docker run --device /dev/kvm busybox",
    ],
  },
});
