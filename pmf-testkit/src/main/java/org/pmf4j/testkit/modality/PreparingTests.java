package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/** From sources to inputs. */
abstract class PreparingTests {
  private static final int THREADS = 4;
  private static final int ROUNDS = 10;

  private final ModalityConformance suite;

  PreparingTests(ModalityConformance suite) {
    this.suite = suite;
  }

  @Test
  @DisplayName("gives the same bits again, and by another preprocessor of the same directory")
  void deterministic() {
    assertThat(suite.allSamples()).hasSizeGreaterThanOrEqualTo(3);
    try (Preprocessor one = suite.preprocessor();
        Preprocessor two = suite.preprocessor()) {
      List<Named<HostTensor>> first = suite.prepared(one);
      assertSame(suite.prepared(one), first);
      assertSame(suite.prepared(two), first);
    }
  }

  @Test
  @DisplayName("gives the same bits whatever other threads prepare")
  void threads() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Preprocessor preprocessor = suite.preprocessor()) {
      List<Named<HostTensor>> alone = suite.prepared(preprocessor);
      List<Future<List<Named<HostTensor>>>> together = new ArrayList<>();
      for (int i = 0; i < THREADS * ROUNDS; i++) {
        together.add(pool.submit(() -> suite.prepared(preprocessor)));
      }
      for (Future<List<Named<HostTensor>>> found : together) {
        assertSame(found.get(), alone);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  @DisplayName("reads bytes in memory as the file that has them")
  void bytes() throws IOException {
    try (Preprocessor preprocessor = suite.preprocessor()) {
      for (Source sample : suite.allSamples()) {
        if (sample instanceof Source.File file && Files.isRegularFile(file.path())) {
          byte[] content = Files.readAllBytes(file.path());
          Source memory = new Source.Bytes("in memory", content);
          assertSame(List.of(preprocessor.prepare(memory)), List.of(preprocessor.prepare(sample)));
        }
      }
    }
  }

  @Test
  @DisplayName("measures each sample's length")
  void lengths() {
    try (Preprocessor preprocessor = suite.preprocessor()) {
      for (Named<HostTensor> sample : suite.prepared(preprocessor)) {
        assertThat(sample.names()).isNotEmpty();
        assertThat(preprocessor.length(sample)).isPositive();
      }
    }
  }

  @Test
  @DisplayName("has a fingerprint that equal settings share and others change")
  void fingerprint() {
    Path other = suite.folder("other encoder");
    suite.writeOtherEncoder(other);
    try (Preprocessor one = suite.preprocessor();
        Preprocessor two = suite.preprocessor();
        Preprocessor changed = suite.modality().preprocessor(other, suite.family().modelType())) {
      assertThat(one.fingerprint()).isNotBlank().isEqualTo(two.fingerprint());
      assertThat(changed.fingerprint()).isNotEqualTo(one.fingerprint());
    }
  }

  static void assertSame(List<Named<HostTensor>> found, List<Named<HostTensor>> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).names()).isEqualTo(expected.get(i).names());
      for (String name : found.get(i).names()) {
        HostTensor a = found.get(i).get(name);
        HostTensor b = expected.get(i).get(name);
        assertThat(a.toString()).as(name).isEqualTo(b.toString());
        assertThat(a.data()).as("bits of %s of sample %d", name, i).isEqualTo(b.data());
      }
    }
  }
}
