/**
 * Six more outages of the courier, drawn by lot from a list of everyday shapes when what reads their texts was done:
 * nothing was adapted to them.
 */
import { edit } from './edits';
import type { ScriptedIncident } from './outages';

export const COURIER_LATER: readonly ScriptedIncident[] = [
  {
    shape: 'an alarm that is silent',
    subject: 'Scans are counted by depot',
    edits: [edit('observability/alerts.yaml', 'rate(scans_total[15m])', 'rate(depot_scans_total[15m])')],
    text: `the scanners of depot north were dead for three hours and nobody was paged
NoScans did not fire: the query depot_scans_total returns no data`,
  },
  {
    shape: 'a price that is wrong',
    subject: 'Weigh more finely',
    edits: [edit('pricing/quote.go', 'grams/1000', 'grams/100')],
    text: `customers are charged too much: a quote for 2000 grams to zone 1 is 22.10, it was 7.70 last week
POST /pricing.v1.Pricing/GetQuote 200, {"cents":2210,"currency":"EUR"}`,
  },
  {
    shape: 'calls that are tried again and again',
    subject: 'Hide hiccups of routing',
    edits: [edit('envoy/envoy.yaml', 'num_retries: 2', 'num_retries: 12')],
    text: `routing gets nine times the calls that it had an hour ago, x-envoy-attempt-count: 13 on most of them
routing: 503 overloaded, 4,100 requests waiting`,
  },
  {
    shape: 'a function that can not be loaded',
    subject: 'Handlers have one name',
    edits: [edit('terraform/edge.tf', '"resize.handler"', '"index.handler"')],
    text: `Runtime.ImportModuleError: Error: Cannot find module 'index'
Require stack:
- /var/runtime/index.mjs
/aws/lambda/resize-proofs REPORT RequestId: 8f1c Duration: 812.11 ms`,
  },
  {
    shape: 'a server behind a proxy that does not answer',
    subject: 'One port for all of gRPC',
    edits: [edit('envoy/envoy.yaml', 'port: 50052', 'port: 50051')],
    text: `no quotes since 09:58: upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: 111
cluster.pricing.upstream_cx_connect_fail: 8812`,
  },
  {
    shape: 'pages that are not found by searching',
    subject: 'Search engines need less',
    edits: [edit('site/public/robots.txt', 'Disallow: /account\n', 'Disallow: /\n')],
    text: `visits from search engines fell by 96 % within two days
search console: 41,220 pages are "Blocked by robots.txt"`,
  },
];
