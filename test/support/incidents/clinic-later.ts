/** Six more outages of the clinic, written when what reads their texts was done: nothing was adapted to them. */
import { edit } from './edits';
import type { ScriptedIncident } from './outages';

export const CLINIC_LATER: readonly ScriptedIncident[] = [
  {
    shape: 'a session that is lost',
    subject: 'As strict as it can be',
    edits: [edit('portal/app.js', "sameSite: 'lax'", "sameSite: 'strict'")],
    text: `patients who come from the national identity provider see the sign-in page again
portal_1  | GET /auth/callback 302, no session for state 9f31, cookie clinic absent`,
  },
  {
    shape: 'a quota of a cloud',
    subject: 'Wards get what imaging has',
    edits: [edit('terraform/cluster.tf', 'machine_type = "n2-standard-4"', 'machine_type = "n2-standard-32"')],
    text: `Error: Error waiting for updating GKE NodePool: Google Compute Engine: [GCE_QUOTA_EXCEEDED]: Instance 'gke-wards-1c' creation failed: Quota 'N2_CPUS' exceeded. Limit: 72.0 in region europe-west3.`,
  },
  {
    shape: 'everybody is one client',
    subject: 'Nothing is in front of it any more',
    edits: [edit('portal/app.js', "app.set('trust proxy', 1);\n", '')],
    text: `all patients share one bucket of the limiter: 429 for ip ::ffff:172.18.0.4, 5,211 requests in a minute
X-Forwarded-For is present on every one of them`,
  },
  {
    shape: 'nobody is called',
    subject: 'A better name for the team',
    edits: [edit('ansible/group_vars/all.yml', 'oncall@clinic.example', 'on-duty@clinic.example')],
    text: `the night shift heard of it from patients. alertmanager: 71 notifications to on-duty@clinic.example failed: 550 5.1.1 user unknown`,
  },
  {
    shape: 'a port that moved',
    subject: 'Ports in order',
    edits: [edit('ansible/roles/gateway/files/hl7-gateway.service', '--port 2575', '--port 12575')],
    text: `analyser 3: can't deliver results, 10.3.4.2:2575 connection refused since the maintenance window`,
  },
  {
    shape: 'a number that is zero',
    subject: 'Levels as viewers count them',
    edits: [edit('imaging/src/tiles.rs', '32 - width.leading_zeros()', '1 / (width / 4096)')],
    text: `thread 'tokio-runtime-worker' panicked: attempt to divide by zero
imaging: small scans are shown as an empty pane, large ones well`,
  },
];
