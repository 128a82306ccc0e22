import type { Language } from "../../base/index.ts";
import { CertError, type CertReport, CLIENT_DAYS_DEFAULT, writeCertificates } from "../../certs/index.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { writeOut } from "../terminal.ts";

/** Options of `sekisho guard cert`, as commander hands them over. */
export interface CertOptions {
  readonly dir: string;
  readonly host?: readonly string[];
  readonly client?: readonly string[];
  readonly days?: string;
  readonly force?: boolean;
  readonly lang?: string;
}

/** Port of Docker's API behind TLS, as IANA lists it. */
const TLS_PORT = 2376;

/** `sekisho guard cert`. 0: made; 2: it cannot be made as asked, and nothing was written. */
export async function runGuardCert(options: CertOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  try {
    const report = await writeCertificates({
      folder: options.dir,
      hosts: options.host ?? [],
      clients: options.client ?? [],
      days: options.days === undefined ? CLIENT_DAYS_DEFAULT : wholeNumber(options.days),
      force: options.force === true,
      now: new Date(),
    });
    process.stderr.write(talk(options.dir, report, language));
    if (report.clients.length > 0) {
      await writeOut(policyLines(report, language));
    }
    return EXIT.clean;
  } catch (error) {
    const told =
      error instanceof CertError
        ? error.text[language]
        : error instanceof Error && "syscall" in error
          ? error.message
          : undefined;
    if (told === undefined) {
      throw error;
    }
    process.stderr.write(`sekisho guard cert: ${told}\n`);
    return EXIT.usage;
  }
}

const wholeNumber = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN);

function talk(folder: string, report: CertReport, language: Language): string {
  const say = (en: string, ja: string) => `${language === "ja" ? ja : en}\n`;
  const { serverHosts, clients, notAfter } = report;
  const until = notAfter?.toISOString().slice(0, 10) ?? "";
  const port = `tcp://${serverHosts?.[0]?.includes(":") ? `[${serverHosts[0]}]` : (serverHosts?.[0] ?? "HOST")}:${TLS_PORT}`;
  return [
    report.authority === "made"
      ? say(
          `made an authority: ${folder}/ca.pem. Whoever has ${folder}/ca-key.pem can make clients: keep it off the gate's machine`,
          `認証局を作成しました: ${folder}/ca.pem。${folder}/ca-key.pem を持つ者はクライアントを作れます。ゲートのマシン以外で保管してください。`,
        )
      : "",
    serverHosts === undefined
      ? ""
      : say(
          `made ${folder}/server for ${serverHosts.join(", ")}, until ${until}`,
          `${folder}/server を作成しました（${serverHosts.join("、")}、${until} まで有効）。`,
        ),
    ...clients.map((client) =>
      say(
        `made ${client.folder}, until ${until}: export DOCKER_HOST=${port} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${client.folder}`,
        `${client.folder} を作成しました（${until} まで有効）。クライアント側: export DOCKER_HOST=${port} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${client.folder}`,
      ),
    ),
    report.shortened && notAfter !== undefined
      ? say("the authority ends then, earlier than was asked for", "認証局の期限のため、指定より短くなっています。")
      : "",
    notAfter === undefined
      ? say(
          "there was nothing to make: give --host or --client",
          "作成するものがありません。--host か --client を指定してください。",
        )
      : say(
          `run the gate with: --tls-cert ${folder}/server/cert.pem --tls-key ${folder}/server/key.pem --tls-ca ${folder}/ca.pem`,
          `ゲートの起動オプション: --tls-cert ${folder}/server/cert.pem --tls-key ${folder}/server/key.pem --tls-ca ${folder}/ca.pem`,
        ),
  ].join("");
}

/** What belongs into the policy, as YAML. A pinned key holds whoever else the authority signs for. */
function policyLines({ clients }: CertReport, language: Language): string {
  const words = {
    en: "in the policy, under each client; either line is enough, the key is the narrower one",
    ja: "ポリシーの各クライアントに加えてください。どちらか一方で足ります（鍵の方が限定的です）",
  };
  const lines = clients.flatMap(({ name, keySha256 }) => [
    `  ${name.toLowerCase()}:`,
    "    identity:",
    `      certificateKey: ["${keySha256}"]`,
    `      # commonName: [${JSON.stringify(name)}]`,
  ]);
  return `${[`# ${words[language]}`, "clients:", ...lines].join("\n")}\n`;
}
