import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarScrollWrapper,
  SidebarSpace,
  useSidebarOpenState,
} from '@backstage/core-components';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { MyGroupsSidebarItem } from '@backstage/plugin-org';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { RiMenuLine, RiSearchLine, RiTeamLine } from '@remixicon/react';
import { Fragment, ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { LogoFull, LogoIcon } from '../../brand';
import styles from './Navigation.module.css';

const GroupIcon = () => <RiTeamLine />;

/** The side bar: home and search first, then pages by purpose, then what is personal. */
export function Navigation(props: {
  home: ReactNode;
  groups: { title: string; items: ReactNode[]; withMyGroups?: boolean }[];
  settings: ReactNode;
}) {
  const groups = props.groups
    .map(group => ({ ...group, items: group.items.filter(Boolean) }))
    .filter(group => group.items.length > 0);

  return (
    <Sidebar>
      <NavigationLogo />
      <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        {props.home}
        <SidebarScrollWrapper>
          {groups.map(group => (
            <Fragment key={group.title}>
              <GroupTitle>{group.title}</GroupTitle>
              {group.items}
              {group.withMyGroups && (
                <div className={styles.myGroups}>
                  <MyGroupsSidebarItem
                    singularTitle="My team"
                    pluralTitle="My teams"
                    icon={GroupIcon}
                  />
                </div>
              )}
            </Fragment>
          ))}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {props.settings}
      </SidebarGroup>
    </Sidebar>
  );
}

function NavigationLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link to="/" className={styles.logo} aria-label="Waymark home">
      {isOpen ? <LogoFull /> : <LogoIcon />}
    </Link>
  );
}

function GroupTitle(props: { children: string }) {
  const { isOpen } = useSidebarOpenState();
  // Collapsed there is no room for words: a rule parts the groups instead.
  return isOpen ? (
    <div className={styles.groupTitle}>{props.children}</div>
  ) : (
    <div className={styles.groupRule} aria-hidden />
  );
}
