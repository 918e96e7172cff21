package org.pmf4j.bench.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.methods.BenchFolder.Existing;
import org.pmf4j.bench.methods.plan.Cell;
import org.pmf4j.bench.methods.result.CacheCost;
import org.pmf4j.bench.methods.result.CellResult;
import org.pmf4j.bench.methods.result.Definition;
import org.pmf4j.bench.methods.result.Examples;

@DisplayName("The folder of a comparison")
class BenchFolderTest {
  private static final Cell CELL = new Cell(Examples.pmf(), 3);
  private static final Definition DEFINITION = Examples.definition(Examples.pmf(), 3);

  @TempDir private Path root;

  private BenchFolder claim(Existing existing) {
    return BenchFolder.claim(root.resolve("out"), existing);
  }

  @Test
  @DisplayName("keeps what is done, bit for bit, and not what failed")
  void keeps() {
    BenchFolder folder = claim(Existing.CONTINUE);
    assertThat(folder.done(CELL, DEFINITION)).isEmpty();
    CellResult result = Examples.cell(Examples.pmf(), 3, 0.1 + 0.2, 7);
    folder.keep(CELL, result);

    BenchFolder again = claim(Existing.CONTINUE);
    assertThat(again.done(CELL, DEFINITION).orElseThrow().metric("accuracy")).isEqualTo(0.1 + 0.2);
    assertThat(again.done(CELL, DEFINITION).orElseThrow().training()).isEqualTo(result.training());

    again.keep(CELL, CellResult.failed(DEFINITION, "no luck"));
    assertThat(again.done(CELL, DEFINITION)).isEmpty();
  }

  @Test
  @DisplayName("refuses a cell that was measured with other data, and says how to go on")
  void others() {
    BenchFolder folder = claim(Existing.CONTINUE);
    folder.keep(CELL, Examples.cell(Examples.pmf(), 3, 0.5, 7));
    Definition other =
        new Definition(Map.of("data", "changed"), DEFINITION.encoders(), DEFINITION.variant(), 3);

    assertThatThrownBy(() -> folder.done(CELL, other))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("pmf-seed-3.json was measured with another data")
        .hasMessageContaining("--overwrite");
    assertThat(claim(Existing.OVERWRITE).done(CELL, other)).isEmpty();
  }

  @Test
  @DisplayName("is never one that holds something else")
  void foreign() throws IOException {
    Files.createDirectories(root.resolve("out"));
    Files.writeString(root.resolve("out/thesis.tex"), "years of work");
    assertThatThrownBy(() -> claim(Existing.OVERWRITE))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("holds no comparison");
    assertThat(root.resolve("out/thesis.tex")).exists();
  }

  @Test
  @DisplayName("counts a cache that variants share once")
  void caches() {
    BenchFolder folder = claim(Existing.CONTINUE);
    folder.keep(Examples.pmf(), new CacheCost("pmf", 1.5, Map.of("a", 10L, "b", 20L)));
    CacheCost one = folder.cost(Examples.pmf()).orElseThrow();
    CacheCost two = new CacheCost("other", 0.5, Map.of("a", 10L, "c", 5L));
    assertThat(CacheCost.bytes(List.of(one, two))).isEqualTo(35);
    assertThat(CacheCost.seconds(List.of(one, two))).isEqualTo(2);
  }
}
