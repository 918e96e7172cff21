package org.pmf4j.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesTheOldContentAndLeavesNothingBeside() throws IOException {
    Path target = folder.resolve("model.txt");
    AtomicFile.write(target, "old and longer");
    AtomicFile.write(target, "new ü");
    assertThat(target).hasContent("new ü");
    assertThat(names()).containsExactly("model.txt");
  }

  @Test
  void keepsTheOldFileWhenTheContentFailsHalfway() throws IOException {
    Path target = folder.resolve("model.txt");
    AtomicFile.write(target, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IllegalStateException("stop");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("stop");
    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("model.txt");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysThatTheDiskIsFullAndKeepsTheOldFile() throws IOException {
    Path target = folder.resolve("model.txt");
    AtomicFile.write(target, "old");
    assertThatThrownBy(() -> AtomicFile.write(target, AtomicFileTest::fillDisk))
        .asInstanceOf(InstanceOfAssertFactories.type(PmfException.class))
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.ENVIRONMENT);
              assertThat(e)
                  .hasMessage(
                      target
                          + ": cannot be written: the disk is full; free some space and try again");
            });
    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("model.txt");
  }

  /** The device that is always full gives the system's own error. */
  private static void fillDisk(OutputStream ignored) throws IOException {
    try (OutputStream full = new FileOutputStream("/dev/full")) {
      full.write(1);
    }
  }

  @Test
  void saysThatAFolderMayNotBeWritten() {
    Path closed = folder.resolve("closed");
    AtomicFile.createFolders(closed);
    assertThat(closed.toFile().setWritable(false)).isTrue();
    // The super-user writes anywhere, but not into sysfs
    Path refused = Files.isWritable(closed) ? Path.of("/sys/kernel") : closed;
    assumeThat(refused).isDirectory();
    Path target = refused.resolve("model.txt");
    assertThatThrownBy(() -> AtomicFile.write(target, "x"))
        .isInstanceOf(PmfException.class)
        .hasMessage(target + ": cannot be written: no permission to write in " + refused);
  }

  @Test
  void saysThatTheFolderIsMissing() {
    Path target = folder.resolve("missing").resolve("model.txt");
    assertThatThrownBy(() -> AtomicFile.write(target, "x"))
        .isInstanceOf(PmfException.class)
        .hasMessage(target + ": cannot be written: there is no folder " + target.getParent());
  }

  @Test
  void saysThatTheTargetIsAFolder() {
    assertThatThrownBy(() -> AtomicFile.write(folder, "x"))
        .isInstanceOf(PmfException.class)
        .hasMessage(folder + ": cannot be written: there is a folder of that name");
  }

  @Test
  void followsASymbolicLink() throws IOException {
    Path real = folder.resolve("real.txt");
    Files.writeString(real, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
    AtomicFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  @Test
  void makesFoldersAndNamesTheFileInTheWay() throws IOException {
    AtomicFile.createFolders(folder.resolve("a/b/c"));
    AtomicFile.createFolders(folder.resolve("a/b/c"));
    assertThat(folder.resolve("a/b/c")).isDirectory();
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> AtomicFile.createFolders(file.resolve("below")))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> AtomicFile.createFolders(file))
        .hasMessage(file + ": the folder cannot be made: " + file + " is a file");
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).toList().stream();
    }
  }
}
