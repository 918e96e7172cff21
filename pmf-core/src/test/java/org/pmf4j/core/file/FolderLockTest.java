package org.pmf4j.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;

@DisplayName("A folder's lock")
class FolderLockTest {
  @TempDir private Path folder;

  /** What the other process runs: takes the lock, says so, and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      FolderLock.take(Path.of(args[0]));
      System.out.println("held");
      int ignored = System.in.read();
    }
  }

  @Test
  @DisplayName("is had by one run of a process at a time, by whatever name the folder goes")
  void withinAProcess() throws IOException {
    Path out = folder.resolve("out");
    Path link = folder.resolve("link");
    FolderLock first = FolderLock.take(out);
    Files.createSymbolicLink(link, out);
    for (Path again : List.of(out, link, folder.resolve("./out"))) {
      assertThatThrownBy(() -> FolderLock.take(again))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("another run of this process is writing to this folder");
    }
    Files.writeString(out.resolve("something"), "x");
    first.close();
    FolderLock.take(out).close();
    assertThat(out).isDirectoryNotContaining(p -> p.toString().endsWith(".lock"));
  }

  @Test
  @DisplayName("leaves no folder that it made and nothing was put into")
  void leavesNoFolder() {
    FolderLock.take(folder.resolve("a/b")).close();
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  @DisplayName("of another process is told with its number, and is gone when that is killed")
  void betweenProcesses() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Process other =
        new ProcessBuilder(java, "-cp", classes, Holder.class.getName(), folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      assertThatThrownBy(() -> FolderLock.take(folder))
          .hasMessageContaining("another run (process " + other.pid() + " on ");
    } finally {
      other.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    }
    FolderLock.take(folder).close();
  }

  @Test
  @DisplayName("removes what killed writers left, and nothing else")
  void removesLeftovers() throws IOException {
    Path left =
        Files.writeString(folder.resolve(".model.safetensors.123-0123456789abcdef.tmp"), "");
    Path own = Files.writeString(folder.resolve(".notes.tmp"), "");
    FolderLock.take(folder).close();
    assertThat(left).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("is refused by a file system that takes no files, and where a link leads nowhere")
  void cannotBeTaken() throws IOException {
    assertThatThrownBy(() -> FolderLock.take(Path.of("/proc/self/out")))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("/proc/self/out");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    assertThatThrownBy(() -> FolderLock.take(link))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("a symbolic link that leads nowhere");
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    assertThatThrownBy(() -> FolderLock.take(loop)).isInstanceOf(PmfException.class);
  }
}
