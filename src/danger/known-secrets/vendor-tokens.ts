/**
 * The formats of vendors' tokens. Each has a literal that must be present before its pattern is tried, and a pattern
 * that starts with fixed text and continues with bounded character classes, so that no text makes it slow.
 */
import type { Secret } from './types';
import { isMadeUp } from './placeholders';

type Form = readonly [what: string, hint: string, pattern: RegExp];

const FORMS: readonly Form[] = [
  ['an AWS access key', 'AKIA', /\bAKIA[A-Z0-9]{16}\b/g],
  ['an AWS session key', 'ASIA', /\bASIA[A-Z0-9]{16}\b/g],
  ['a GitHub token', 'gh', /\bgh[pousr]_[A-Za-z0-9]{30,255}/g],
  ['a GitHub token', 'github_pat_', /\bgithub_pat_[A-Za-z0-9_]{40,255}/g],
  ['a GitLab token', 'gl', /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[\w-]{20,100}/g],
  ['a GitLab token', 'GR1348941', /\bGR1348941[\w-]{20}/g],
  ['a Slack token', 'xox', /\bxox[abeoprsc]-[\w-]{20,200}/g],
  ['a Slack token', 'xapp-', /\bxapp-\d-[A-Z0-9]{8,20}-\d{8,20}-[a-f0-9]{32,80}/g],
  [
    'a Slack webhook',
    'hooks.slack.com',
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/T[A-Z0-9]{6,14}\/[A-Z0-9]{6,20}\/[A-Za-z0-9]{16,60}/g,
  ],
  ['a Discord webhook', 'api/webhooks/', /discord(?:app)?\.com\/api\/webhooks\/\d{16,20}\/[\w-]{50,90}/g],
  [
    'a Microsoft Teams webhook',
    'webhook.office.com',
    /webhook\.office\.com\/webhookb2\/[\w@-]{36,80}\/IncomingWebhook\/[a-z0-9]{32}/g,
  ],
  ['a Stripe live key', '_live_', /\b(?:sk|rk)_live_[A-Za-z0-9]{16,250}/g],
  ['a Stripe webhook secret', 'whsec_', /\bwhsec_[A-Za-z0-9+/=]{24,100}/g],
  ['a Google API key', 'AIza', /\bAIza[\w-]{35}(?![\w-])/g],
  ['a Google OAuth secret', 'GOCSPX-', /\bGOCSPX-[\w-]{20,60}/g],
  ['a Google access token', 'ya29.', /\bya29\.[\w-]{40,400}/g],
  ['an npm token', 'npm_', /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['a PyPI token', 'pypi-', /\bpypi-AgE[\w-]{50,300}/g],
  ['a RubyGems key', 'rubygems_', /\brubygems_[a-f0-9]{48}/g],
  ['a crates.io token', 'cio', /\bcio[A-Za-z0-9]{32}\b/g],
  ['a NuGet key', 'oy2', /\boy2[a-z0-9]{43}\b/g],
  ['a SendGrid key', 'SG.', /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/g],
  ['an OpenAI key', 'T3BlbkFJ', /\bsk-[\w-]{10,120}T3BlbkFJ[\w-]{10,120}/g],
  ['an OpenAI key', 'sk-', /\bsk-(?:proj|svcacct|admin|None)-[\w-]{40,220}/g],
  ['an Anthropic key', 'sk-ant-', /\bsk-ant-[\w-]{30,150}/g],
  ['an OpenRouter key', 'sk-or-', /\bsk-or-v1-[a-f0-9]{40,80}/g],
  ['a Hugging Face token', 'hf_', /\bhf_[A-Za-z0-9]{30,40}\b/g],
  ['a Replicate token', 'r8_', /\br8_[A-Za-z0-9]{37,40}\b/g],
  ['a Groq key', 'gsk_', /\bgsk_[A-Za-z0-9]{40,60}\b/g],
  ['an xAI key', 'xai-', /\bxai-[A-Za-z0-9]{60,100}\b/g],
  ['a Perplexity key', 'pplx-', /\bpplx-[A-Za-z0-9]{40,60}\b/g],
  ['an Azure storage key', 'AccountKey=', /\bAccountKey=[A-Za-z0-9+/]{60,100}={0,2}/g],
  ['an Azure shared access key', 'SharedAccessKey=', /\bSharedAccessKey=[A-Za-z0-9+/]{30,80}={0,2}/g],
  ['an Azure client secret', '8Q~', /[\w~.-]{3}8Q~[\w~.-]{31,36}/g],
  ['an Azure DevOps token', 'AZDO', /\b[a-z0-9]{76}AZDO[a-zA-Z0-9]{4}\b/g],
  ['a Twilio key', 'SK', /\bSK[0-9a-f]{32}\b/g],
  [
    'a Twilio auth token',
    'AC',
    /\bAC[0-9a-f]{32}["'`]?\s{0,4}[,:;)\n]\s{0,40}["'`]?(?:[\w.]{1,30}\s?[:=]\s?["'`]?)?[0-9a-f]{32}\b/g,
  ],
  ['a Mailgun key', 'key-', /\bkey-[0-9a-f]{32}\b/g],
  ['a Mailchimp key', '-us', /\b[0-9a-f]{32}-us\d{1,2}\b/g],
  ['a Brevo key', 'xkeysib-', /\bxkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}/g],
  ['a Resend key', 're_', /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}\b/g],
  ['a DigitalOcean token', '_v1_', /\bdo[opr]_v1_[a-f0-9]{64}/g],
  ['a Heroku key', 'HRKU-', /\bHRKU-[\w-]{36,70}/g],
  ['a Shopify token', 'shp', /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g],
  ['a Square token', 'sq0', /\bsq0(?:atp|csp|idp)-[\w-]{22,60}/g],
  ['a PayPal token', 'access_token$', /access_token\$production\$[a-z0-9]{10,20}\$[a-f0-9]{32}/g],
  ['a Razorpay key', 'rzp_live_', /\brzp_live_[A-Za-z0-9]{14,40}/g],
  ['a Databricks token', 'dapi', /\bdapi[a-f0-9]{32}\b/g],
  ['an Atlassian token', 'ATATT3', /\bATATT3[\w=-]{60,250}/g],
  ['a Bitbucket token', 'ATBB', /\bATBB[A-Za-z0-9]{32}\b/g],
  ['a Linear key', 'lin_api_', /\blin_api_[A-Za-z0-9]{32,60}/g],
  ['a Notion token', 'ntn_', /\bntn_[A-Za-z0-9]{40,60}/g],
  ['a Notion token', 'secret_', /\bsecret_[A-Za-z0-9]{43}\b/g],
  ['a Figma token', 'figd_', /\bfigd_[\w-]{40,60}/g],
  ['a Postman key', 'PMAK-', /\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}/g],
  ['a Grafana token', 'glsa_', /\bglsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}/g],
  ['a Grafana token', 'glc_', /\bglc_[A-Za-z0-9+/]{32,400}={0,2}/g],
  ['a New Relic key', 'NR', /\bNR(?:AK|AL|II|IQ|JS)-[A-Za-z0-9_-]{19,50}/g],
  ['a Sentry token', 'sntry', /\bsntry[su]_[\w=/+-]{40,300}/g],
  ['a Vault token', 'hv', /\bhv[sbr]\.[\w-]{24,250}/g],
  ['a Terraform Cloud token', '.atlasv1.', /\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,80}/g],
  ['a Pulumi token', 'pul-', /\bpul-[a-f0-9]{40}\b/g],
  ['a Docker token', 'dckr_', /\bdckr_(?:pat|oat)_[\w-]{20,60}/g],
  ['a PlanetScale token', 'pscale_', /\bpscale_(?:tkn|oauth|pw)_[\w=.-]{32,64}/g],
  ['a Supabase token', 'sb', /\bsb(?:p_[a-f0-9]{40}|_secret_[\w-]{20,60})/g],
  ['a Netlify token', 'nfp_', /\bnfp_[A-Za-z0-9]{36,50}/g],
  ['a Doppler token', 'dp.', /\bdp\.(?:pt|st|sa|ct|scim|audit)\.[\w.-]{40,80}/g],
  ['a Dynatrace token', 'dt0c01.', /\bdt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}/g],
  ['a Tailscale key', 'tskey-', /\btskey-[a-z]{2,12}-[A-Za-z0-9]{8,30}-?[A-Za-z0-9]{0,40}/g],
  ['a 1Password token', 'ops_eyJ', /\bops_eyJ[\w+/=-]{100,2000}/g],
  ['an age key', 'AGE-SECRET-KEY-1', /\bAGE-SECRET-KEY-1[0-9A-Z]{58}/g],
  ['a Telegram bot token', ':AA', /\b\d{8,10}:AA[\w-]{32,35}(?![\w-])/g],
  ['a Discord bot token', '.', /\b[MNO][A-Za-z\d_-]{23,27}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,40}(?![\w-])/g],
  ['a Facebook token', 'EAAC', /\bEAAC[A-Za-z0-9]{80,250}/g],
  ['an Alibaba Cloud key', 'LTAI', /\bLTAI[A-Za-z0-9]{16,24}\b/g],
  ['a Tencent Cloud key', 'AKID', /\bAKID[A-Za-z0-9]{32}\b/g],
  ['a CircleCI token', 'CCIP', /\bCCIP(?:AT|RJ)_[A-Za-z0-9]{15,30}_[a-f0-9]{40}/g],
  ['a Buildkite token', 'bkua_', /\bbkua_[a-z0-9]{40}/g],
  ['a SonarQube token', 'sq', /\bsq[pua]_[a-f0-9]{40}\b/g],
  ['a LaunchDarkly key', 'sdk-', /\bsdk-[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[a-f0-9]{4}-[a-f0-9]{12}\b/g],
  ['an Airtable token', 'pat', /\bpat[A-Za-z0-9]{14}\.[a-f0-9]{64}/g],
  ['an Adafruit key', 'aio_', /\baio_[A-Za-z0-9]{28}\b/g],
  ['a Contentful token', 'CFPAT-', /\bCFPAT-[\w-]{43}/g],
  ['a JFrog key', 'AKCp', /\bAKCp[A-Za-z0-9]{60,80}\b/g],
  ['a Shippo key', 'shippo_live_', /\bshippo_live_[a-f0-9]{40}/g],
  ['a Flutterwave key', 'FLWSECK', /\bFLWSECK(?:_TEST)?-[A-Za-z0-9]{12,40}-X\b/g],
  ['a Dropbox token', 'sl.', /\bsl\.[\w-]{130,200}/g],
  ['a Prefect key', 'pn', /\bpn[ub]_[A-Za-z0-9]{36}\b/g],
  ['a ReadMe key', 'rdme_', /\brdme_[a-z0-9]{70}/g],
  ['a Typeform token', 'tfp_', /\btfp_[\w.=-]{40,70}/g],
  ['an EasyPost key', 'EZ', /\bEZ[AT]K[A-Za-z0-9]{54}/g],
  ['a Frame.io token', 'fio-u-', /\bfio-u-[\w=-]{64}/g],
  ['a JSON Web Token', 'eyJ', /\beyJ[\w-]{10,600}\.eyJ[\w-]{10,3000}\.[\w-]{20,700}/g],
];

/** Names of the keys that belong to AWS key ids. */
const AWS_SECRET =
  /(?:aws.{0,20})?secret.{0,10}?(?:access)?.{0,2}?key["'\]\s]{0,3}(?::=|=>|=|:)\s{0,3}["'`]?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi;

/** The tokens in a text. */
export function tokensIn(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const [vendor, hint, pattern] of FORMS) {
    if (!text.includes(hint)) continue;
    for (const match of text.matchAll(pattern)) {
      const [value] = match;
      if (!isMadeUp(value) && /\d/.test(value)) found.push({ kind: 'token', at: match.index, value, what: vendor });
    }
  }
  if (/secret/i.test(text)) {
    for (const match of text.matchAll(AWS_SECRET)) {
      const value = match[1] ?? '';
      if (!isMadeUp(value) && /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value))
        found.push({
          kind: 'token',
          at: match.index + match[0].length - value.length,
          value,
          what: 'an AWS secret key',
        });
    }
  }
  return found;
}
