import { dockerfileAddFromWeb } from "./dockerfile-add-from-web.ts";
import { dockerfileAddInsteadOfCopy } from "./dockerfile-add-instead-of-copy.ts";
import { dockerfileApt } from "./dockerfile-apt.ts";
import { dockerfileAptGetAsks } from "./dockerfile-apt-get-asks.ts";
import { dockerfileCdInsteadOfWorkdir } from "./dockerfile-cd-instead-of-workdir.ts";
import type { DockerfileCheck } from "./dockerfile-check.ts";
import { dockerfileCopyFromItself } from "./dockerfile-copy-from-itself.ts";
import { dockerfileCopyToNoDirectory } from "./dockerfile-copy-to-no-directory.ts";
import { dockerfileDistUpgrade } from "./dockerfile-dist-upgrade.ts";
import { dockerfileDnfCache } from "./dockerfile-dnf-cache.ts";
import { dockerfileEngineClient } from "./dockerfile-engine-client.ts";
import { dockerfileFileCapabilities } from "./dockerfile-file-capabilities.ts";
import { dockerfileHealthcheckMissing } from "./dockerfile-healthcheck-missing.ts";
import { dockerfileImageLatest } from "./dockerfile-image-latest.ts";
import { dockerfileMaintainer } from "./dockerfile-maintainer.ts";
import { dockerfilePipeToShell } from "./dockerfile-pipe-to-shell.ts";
import { dockerfilePortOutOfRange } from "./dockerfile-port-out-of-range.ts";
import { dockerfileRunHostNetwork } from "./dockerfile-run-host-network.ts";
import { dockerfileRunInsecure } from "./dockerfile-run-insecure.ts";
import { dockerfileSecretCopied } from "./dockerfile-secret-copied.ts";
import { dockerfileSecretInArg } from "./dockerfile-secret-in-arg.ts";
import { dockerfileSecretInEnv } from "./dockerfile-secret-in-env.ts";
import { dockerfileSecretMountKept } from "./dockerfile-secret-mount-kept.ts";
import { dockerfileSensitiveVolume } from "./dockerfile-sensitive-volume.ts";
import { dockerfileSetuid } from "./dockerfile-setuid.ts";
import { dockerfileSeveralCmd } from "./dockerfile-several-cmd.ts";
import { dockerfileSeveralEntrypoint } from "./dockerfile-several-entrypoint.ts";
import { dockerfileSeveralHealthcheck } from "./dockerfile-several-healthcheck.ts";
import { dockerfileSshMount } from "./dockerfile-ssh-mount.ts";
import { dockerfileSshPort } from "./dockerfile-ssh-port.ts";
import { dockerfileStageNameTwice } from "./dockerfile-stage-name-twice.ts";
import { dockerfileSudo } from "./dockerfile-sudo.ts";
import { dockerfileSudoWithoutPassword } from "./dockerfile-sudo-without-password.ts";
import { dockerfileUpdateAlone } from "./dockerfile-update-alone.ts";
import { dockerfileUserRoot } from "./dockerfile-user-root.ts";
import { dockerfileWgetAndCurl } from "./dockerfile-wget-and-curl.ts";
import { dockerfileWorkdirRelative } from "./dockerfile-workdir-relative.ts";
import { dockerfileYumCache } from "./dockerfile-yum-cache.ts";
import { dockerfileZypperCache } from "./dockerfile-zypper-cache.ts";

/** Every check of Dockerfiles, by id. */
export const DOCKERFILE_CHECKS: readonly DockerfileCheck[] = [
  dockerfileAddFromWeb,
  dockerfileAddInsteadOfCopy,
  dockerfileApt,
  dockerfileAptGetAsks,
  dockerfileCdInsteadOfWorkdir,
  dockerfileCopyFromItself,
  dockerfileCopyToNoDirectory,
  dockerfileDistUpgrade,
  dockerfileDnfCache,
  dockerfileEngineClient,
  dockerfileFileCapabilities,
  dockerfileHealthcheckMissing,
  dockerfileImageLatest,
  dockerfileMaintainer,
  dockerfilePipeToShell,
  dockerfilePortOutOfRange,
  dockerfileRunHostNetwork,
  dockerfileRunInsecure,
  dockerfileSecretCopied,
  dockerfileSecretInArg,
  dockerfileSecretInEnv,
  dockerfileSecretMountKept,
  dockerfileSensitiveVolume,
  dockerfileSetuid,
  dockerfileSeveralCmd,
  dockerfileSeveralEntrypoint,
  dockerfileSeveralHealthcheck,
  dockerfileSshMount,
  dockerfileSshPort,
  dockerfileStageNameTwice,
  dockerfileSudo,
  dockerfileSudoWithoutPassword,
  dockerfileUpdateAlone,
  dockerfileUserRoot,
  dockerfileWgetAndCurl,
  dockerfileWorkdirRelative,
  dockerfileYumCache,
  dockerfileZypperCache,
];
