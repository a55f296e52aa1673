package io.tailwater.pranalyzer.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Git without the configuration of this machine and its user: an {@code url.insteadOf}, a proxy command or an extra
 * header of theirs must not change where a token goes. JGit holds its surroundings in one static place, so this is set
 * for the whole process, once, before the first repository is opened.
 */
final class IsolatedGit {

    static {
        SystemReader.setInstance(new NoConfiguration(SystemReader.getInstance()));
    }

    private IsolatedGit() {}

    /** Makes sure that the surroundings are set. */
    static void ensure() {
        // the static block above has run once this is called
    }

    private static final class NoConfiguration extends SystemReader {

        private final SystemReader machine;

        private NoConfiguration(SystemReader machine) {
            this.machine = machine;
            setPlatformChecker();
        }

        @Override
        public String getHostname() {
            return machine.getHostname();
        }

        @Override
        public @Nullable String getenv(String variable) {
            return variable.startsWith("GIT_") ? null : machine.getenv(variable);
        }

        @Override
        public String getProperty(String key) {
            return machine.getProperty(key);
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public long getCurrentTime() {
            return machine.now().toEpochMilli();
        }

        @Override
        public int getTimezone(long when) {
            return machine.getTimeZoneAt(java.time.Instant.ofEpochMilli(when)).getTotalSeconds() / 60;
        }
    }

    private static final class Empty extends FileBasedConfig {

        private Empty(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is nothing
        }

        @Override
        public void save() {
            // and it stays so
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
