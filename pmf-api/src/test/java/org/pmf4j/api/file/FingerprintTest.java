package org.pmf4j.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;

class FingerprintTest {
  @TempDir Path folder;

  @Test
  void ofOneFileIsItsSha256() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "abc");
    // The first example of FIPS 180-2
    assertThat(Fingerprint.of(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void ofSeveralFilesDependsOnNamesAndContentsButNotOnOrderOrFolder() throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "abc");
    Path b = Files.writeString(folder.resolve("b"), "def");
    String both = Fingerprint.of(a, b);
    // printf abc > a; printf def > b; sha256sum a b | sha256sum
    assertThat(both).isEqualTo("3330ef12b9457763ffc4f1bf7069ad6920227d57318324f9df700bb27364cfcc");
    assertThat(Fingerprint.of(b, a)).isEqualTo(both);
    Path other = Files.createDirectory(folder.resolve("other"));
    Path moved = Files.copy(a, other.resolve("a"));
    assertThat(Fingerprint.of(moved, b)).isEqualTo(both);
    assertThat(Fingerprint.of(Files.copy(a, other.resolve("c")), b)).isNotEqualTo(both);
  }

  @Test
  void ofTextsDependsOnWhereEachEnds() {
    // printf '1:a2:é' | sha256sum
    assertThat(Fingerprint.ofParts("a", "é"))
        .isEqualTo("7109eab322e40417f68c2324b32fc46083de5559b26afa84ad8bec35a870d871");
    assertThat(Fingerprint.ofParts("ab", "")).isNotEqualTo(Fingerprint.ofParts("a", "b"));
  }

  @Test
  void namesAFileThatCannotBeRead() {
    assertThatThrownBy(() -> Fingerprint.of(folder.resolve("none")))
        .isInstanceOf(PmfException.class)
        .hasMessage(folder.resolve("none") + ": cannot be read: there is no such file");
    assertThatThrownBy(() -> Fingerprint.of(folder))
        .hasMessage(folder + ": cannot be read: it is a folder");
  }
}
