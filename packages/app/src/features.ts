import { scaffolderPagesModule } from '@waymark/golden-paths';
import { apiDocsModule } from './modules/apiDocs';
import { catalogModule } from './modules/catalog';
import { catalogGraphModule } from './modules/catalogGraph';
import { homeModule } from './modules/home';
import { kubernetesModule } from './modules/kubernetes';
import { navModule } from './modules/nav';
import { notFoundModule } from './modules/notFound';
import { notificationsModule } from './modules/notifications';
import { problemsModule } from './modules/problems';
import { scaffolderModule } from './modules/scaffolder';
import { signInModule } from './modules/signIn';
import { techdocsModule } from './modules/techdocs';
import { themeModule } from './modules/theme';
import { userSettingsModule } from './modules/userSettings';
import { wordsModule } from './modules/words';

/** What this app adds to the plugins, which are found from the dependencies of the package (`app.packages`). */
export const features = [
  themeModule,
  navModule,
  signInModule,
  homeModule,
  catalogModule,
  catalogGraphModule,
  problemsModule,
  apiDocsModule,
  techdocsModule,
  scaffolderModule,
  scaffolderPagesModule,
  userSettingsModule,
  kubernetesModule,
  notFoundModule,
  notificationsModule,
  wordsModule,
];
