import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiFirstAidKitLine } from '@remixicon/react';
import { operateApi } from './apis';
import { operateCard } from './entityCards';

/** The Operate card on entity pages. @public */
export const operatePlugin = createFrontendPlugin({
  pluginId: 'operate',
  title: 'Operate',
  icon: <RiFirstAidKitLine />,
  extensions: [operateApi, operateCard],
});
