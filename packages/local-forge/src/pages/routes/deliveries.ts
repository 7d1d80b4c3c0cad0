import { Router } from 'express';
import { ForgeWebhookDelivery } from '../../services/ForgeService';
import { count } from '../format';
import { html } from '../html';
import { PageContext } from '../PageContext';
import { urls } from '../urls';
import { layout } from '../views/layout';

const MAX_SHOWN = 200;

const KINDS: Record<ForgeWebhookDelivery['status'], string> = {
  delivered: 'good',
  pending: 'wait',
  failed: 'bad',
};

/** `/_forge/deliveries`: what was sent to webhooks, newest first. */
export function addDeliveryRoutes(router: Router, context: PageContext) {
  router.get('/_forge/deliveries', async (_request, response) => {
    const all = await context.service.listWebhookDeliveries();
    const shown = all.slice(0, MAX_SHOWN);
    context.send(
      response,
      layout({
        title: 'Webhook deliveries',
        body: html`<h1>Webhook deliveries</h1>
          <p>
            What the forge told the portal about pushes and pull requests,
            newest first. A delivery that fails is tried again.
          </p>
          ${shown.length === 0
            ? html`<p>Nothing has been sent yet.</p>`
            : html`<div
                class="box scroll"
                tabindex="0"
                role="region"
                aria-label="Deliveries"
              >
                <table class="list">
                  <thead>
                    <tr>
                      <th scope="col">Sent</th>
                      <th scope="col">Event</th>
                      <th scope="col">Repository</th>
                      <th scope="col">To</th>
                      <th scope="col">Result</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${shown.map(
                      delivery =>
                        html`<tr>
                          <td class="nowrap">
                            <time datetime="${delivery.createdAt}"
                              >${delivery.createdAt
                                .replace('T', ' ')
                                .slice(0, 19)}</time
                            >
                          </td>
                          <th scope="row" class="nowrap">
                            ${delivery.event}${delivery.action &&
                            ` (${delivery.action})`}
                          </th>
                          <td>
                            ${delivery.repository &&
                            html`<a href="/${delivery.repository}"
                              >${delivery.repository}</a
                            >`}
                          </td>
                          <td class="mono">${delivery.url}</td>
                          <td>
                            <span class="state ${KINDS[delivery.status]}"
                              >${delivery.status}</span
                            >
                            ${delivery.statusCode &&
                            `HTTP ${delivery.statusCode}`}
                            ${delivery.attempts > 1 &&
                            `after ${count(delivery.attempts, 'attempt')}`}
                            ${delivery.error}
                          </td>
                        </tr>`,
                    )}
                  </tbody>
                </table>
              </div>`}
          ${all.length > MAX_SHOWN &&
          html`<p>
            ${count(
              all.length - MAX_SHOWN,
              'older delivery',
              'older deliveries',
            )}
            not shown.
          </p>`}
          <p><a href="${urls.deliveries()}">Refresh</a></p>`,
      }),
    );
  });
}
