import { gained } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** From the kernel to the host. */
export const kernelCodeToRoot = technique({
  id: "kernel-code-to-root",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "Code in the kernel is root on the host", ja: "カーネル内のコードはホストの root に等しい" },
  explanation: {
    en: "The kernel is shared by the host and all containers. Code that runs in it sets any process's credentials and starts programs as root outside every namespace.",
    ja: "カーネルはホストとすべてのコンテナで共有される。その中で動くコードは、任意のプロセスの資格を変え、どの名前空間にも属さない root としてプログラムを起動できる。",
  },
  basis: "documented",
  needs: gained("kernel-code"),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /boot:/boot busybox"],
    closed: ["docker run -v /boot:/boot:ro busybox"],
  },
});
