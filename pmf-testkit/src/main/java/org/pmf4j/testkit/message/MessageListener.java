package org.pmf4j.testkit.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Reads every message of a {@link org.pmf4j.api.error.PmfException} that a run of tests provokes,
 * and fails the run on one that breaks {@link MessageRules}. The virtual machine's own recorder
 * sees each exception that is made, so that nothing in the product knows of it.
 *
 * <p>A module takes part that names this class in its tests' {@code
 * META-INF/services/org.junit.platform.launcher.LauncherSessionListener}. Called by the thread that
 * runs the tests.
 */
public final class MessageListener implements LauncherSessionListener {
  private Recording recording;

  /** Made by the launcher of the tests. */
  public MessageListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    recording = new Recording();
    recording.enable(ProvokedMessages.EVENT).withStackTrace();
    recording.start();
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    List<String> offences;
    try {
      Path file = Files.createTempFile("messages", ".jfr");
      try (Recording ended = recording) {
        ended.stop();
        ended.dump(file);
        offences = ProvokedMessages.read(file).offences();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!offences.isEmpty()) {
      throw new AssertionError(
          offences.size()
              + " messages that tests provoked break the rules for what users read:\n"
              + String.join("\n", offences));
    }
  }
}
