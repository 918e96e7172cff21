package org.pmf4j.api.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A library in the temporary folder")
@EnabledOnOs(OS.LINUX)
class TemporaryLibraryTest {
  private static final int BYTES = 4096;

  private static Path file(Path folder, String prefix) throws IOException {
    return Files.write(Files.createTempFile(folder, prefix, ".so"), new byte[BYTES]);
  }

  private static MappedByteBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, BYTES);
    }
  }

  @Test
  @DisplayName("is gone once it is mapped, with what stands beside it; others stay")
  void gone(@TempDir Path elsewhere) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String prefix = "pmf-test-" + ProcessHandle.current().pid() + "-";
    Path mapped = file(temporary, prefix);
    Path lock = Files.createFile(Path.of(mapped + ".lck"));
    Path ofAnotherProcess = file(temporary, prefix);
    Path inAnotherFolder = file(elsewhere, prefix);
    try {
      MappedByteBuffer content = map(mapped);
      MappedByteBuffer other = map(inAnotherFolder);
      TemporaryLibrary.forget(prefix, ".lck");
      assertThat(mapped).doesNotExist();
      assertThat(lock).doesNotExist();
      assertThat(ofAnotherProcess).exists();
      assertThat(inAnotherFolder).exists();
      assertThat(content.get(BYTES - 1)).isEqualTo(other.get(BYTES - 1));
    } finally {
      Files.deleteIfExists(mapped);
      Files.deleteIfExists(lock);
      Files.delete(ofAnotherProcess);
    }
  }
}
