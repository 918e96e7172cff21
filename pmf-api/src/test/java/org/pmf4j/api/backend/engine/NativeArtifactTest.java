package org.pmf4j.api.backend.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

@DisplayName("The artifact with native libraries")
class NativeArtifactTest {
  private static NativeArtifact artifact(String os, String arch) {
    Properties properties = new Properties();
    properties.setProperty("os.name", os);
    properties.setProperty("os.arch", arch);
    return NativeArtifact.of("djl", properties);
  }

  @ParameterizedTest(name = "of {0} on {1} is {2}")
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-aarch64",
    "Mac OS X, aarch64, osx-aarch64",
    "Windows 11, amd64, win-x86_64",
    "Windows Server 2022, amd64, win-x86_64"
  })
  void isNamed(String os, String arch, String system) {
    PmfException missing = artifact(os, arch).missing("PyTorch", NativeArtifactTest.class);
    assertThat(missing.kind()).isEqualTo(ErrorKind.ENVIRONMENT);
    assertThat(missing)
        .hasMessage(
            "the djl backend finds no native libraries of PyTorch for %s on the class path: add"
                + " org.pmf4j:pmf-natives-djl-%s; nothing is downloaded",
            system, system);
  }

  @Test
  @DisplayName("is named with the version that a jar tells")
  void hasAVersion() {
    String version = Test.class.getPackage().getImplementationVersion();
    assertThat(version).isNotBlank();
    assertThat(artifact("Linux", "amd64").missing("PyTorch", Test.class))
        .hasMessageContaining("add org.pmf4j:pmf-natives-djl-linux-x86_64:pom:" + version + ";");
  }

  @ParameterizedTest(name = "is said not to be there for {0} on {1}")
  @CsvSource({"Mac OS X, x86_64", "Linux, riscv64", "FreeBSD, amd64", "Windows 11, aarch64"})
  void isNotThere(String os, String arch) {
    assertThat(artifact(os, arch).missing("PyTorch", NativeArtifactTest.class))
        .hasMessageEndingWith(
            ", and there are none: it runs on linux-x86_64, linux-aarch64, osx-aarch64,"
                + " win-x86_64");
  }
}
