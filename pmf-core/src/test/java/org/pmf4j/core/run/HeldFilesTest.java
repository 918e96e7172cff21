package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

/** Windows replaces no file that is open; Linux tells which are. */
@DisplayName("A run that goes on")
@EnabledOnOs(OS.LINUX)
class HeldFilesTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("holds no file open that it replaces")
  void holdsNone() throws IOException {
    Path out = folder.resolve("model");
    List<String> held = new ArrayList<>();
    try (Pmf pmf = Pmf.open(TinyEncoders.BACKEND, new BackendOptions("auto", 1))) {
      TrainSettings once = TinyRun.settings(8).with("epochs", 1);
      pmf.train(TinyRun.config(out, once).build());
      TrainConfig more = TinyRun.config(out, TinyRun.settings(8)).existing(Existing.RESUME).build();
      pmf.train(
          more,
          Progress.SILENT,
          new TrainingListener() {
            @Override
            public void saved(Path checkpoint) {
              held.addAll(open(checkpoint.getParent()));
              held.addAll(open(out.resolve("adapter_model.safetensors")));
            }

            @Override
            public void epochEnded(Epoch epoch) {
              assertThat(open(out))
                  .as("the log, so that files that are open are seen")
                  .isNotEmpty();
            }
          });
    }
    assertThat(held).isEmpty();
  }

  private static List<String> open(Path below) {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(HeldFilesTest::target).filter(t -> t.startsWith(below.toString())).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}
