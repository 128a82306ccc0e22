/** Metadata services: AWS, Azure, GCP, OpenStack, DigitalOcean and Oracle share one address; ECS, Alibaba and AWS over IPv6 have their own. */
export const METADATA_ADDRESS =
  /(?<![\d.])169\.254\.(?:169\.254|170\.(?:2|23))(?![\d.])|(?<![\d.])100\.100\.100\.200(?![\d.])|\[?fd00:ec2::254\]?|metadata\.google\.internal|metadata\.tencentyun\.com/i;

/** Hosts from which people install software with a pipe to a shell, over TLS. */
export const installerHosts =
  /^(?:(?:deb|rpm)\.nodesource\.com|get\.docker\.com|download\.docker\.com|sh\.rustup\.rs|static\.rust-lang\.org|install\.python-poetry\.org|astral\.sh|bun\.sh|deno\.land|get\.helm\.sh|raw\.githubusercontent\.com|github\.com|objects\.githubusercontent\.com|get\.k3s\.io|dl\.k8s\.io|storage\.googleapis\.com|packages\.(?:microsoft|cloud\.google)\.com|dl\.google\.com|packagecloud\.io|get\.pnpm\.io|yarnpkg\.com|dl\.yarnpkg\.com|bootstrap\.pypa\.io|pypi\.org|files\.pythonhosted\.org|registry\.npmjs\.org|getcomposer\.org|get\.sdkman\.io|(?:www\.)?postgresql\.org|apt\.(?:postgresql|llvm)\.org|apt\.releases\.hashicorp\.com|releases\.hashicorp\.com|awscli\.amazonaws\.com|aka\.ms|cli\.github\.com|go\.dev|golang\.org|dl-cdn\.alpinelinux\.org|(?:deb|security)\.debian\.org|(?:archive|security)\.ubuntu\.com|nodejs\.org|repo1?\.maven\.org|repo\.maven\.apache\.org|services\.gradle\.org|install\.datadoghq\.com|s3\.amazonaws\.com|nixos\.org|(?:[a-z0-9-]+\.)?jfrog\.io)$/;

/** Services that tell somebody their own address: asked by malware, and by half of the world besides. */
export const ADDRESS_ECHO =
  /^(?:api\.ipify\.org|ifconfig\.(?:me|co|io)|icanhazip\.com|ipinfo\.io|checkip\.amazonaws\.com|ident\.me|ip\.sb|api\.ip\.sb|myip\.ipip\.net|ip-api\.com|wtfismyip\.com)$/;

/** Public resolvers: an address in a script that accuses nobody. */
export const PUBLIC_RESOLVER =
  /^(?:8\.8\.[48]\.[48]|1\.[01]\.[01]\.1|9\.9\.9\.9|114\.114\.114\.114|223\.[56]\.[56]\.[56]|208\.67\.22[02]\.22[02]|119\.29\.29\.29)$/;

/** Services that give a host behind a firewall a public name for a while. */
export const TUNNEL_HOST =
  /(?:^|\.)(?:ngrok(?:-free)?\.(?:io|app|dev)|trycloudflare\.com|loca\.lt|localtunnel\.me|serveo\.net|portmap\.(?:io|host)|pagekite\.me|localhost\.run|bore\.pub|playit\.gg|tunnelto\.dev|packetriot\.net|lhr\.(?:life|rocks)|srv\.us|tunnel\.[a-z0-9.-]+)$/i;

/** Places where anybody can leave a file: the path is the indicator, the host is not. */
export const SHARED_HOST =
  /^(?:github\.com|raw\.githubusercontent\.com|gist\.github(?:usercontent)?\.com|objects\.githubusercontent\.com|gitlab\.com|bitbucket\.org|pastebin\.com|paste\.ee|transfer\.sh|temp\.sh|file\.io|anonfiles\.com|bashupload\.com|ix\.io|termbin\.com|0x0\.st|hastebin\.com|cdn\.discordapp\.com|drive\.google\.com|www\.dropbox\.com|dl\.dropboxusercontent\.com|s3\.amazonaws\.com|storage\.googleapis\.com|docker\.io|hub\.docker\.com|registry-1\.docker\.io|ghcr\.io|quay\.io|gcr\.io|k8s\.gcr\.io|registry\.k8s\.io|mcr\.microsoft\.com|public\.ecr\.aws|t\.me|api\.telegram\.org|oshi\.at|catbox\.moe|files\.catbox\.moe)$/i;
