package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.modalities.text.TextModality;

@DisplayName("Before any work")
class TableChecksTest {
  @TempDir private Path folder;
  private final AtomicInteger checked = new AtomicInteger();

  /** Files of which those that begin with a bang are bad. */
  private final class Notes implements Modality {
    @Override
    public String name() {
      return "notes";
    }

    @Override
    public String description() {
      return "files";
    }

    @Override
    public Source parse(String cell, Path from) {
      return new Source.File(from.resolve(cell));
    }

    @Override
    public void check(Source source) {
      checked.incrementAndGet();
      if (((Source.File) source).path().getFileName().toString().startsWith("bad")) {
        throw PmfException.input(source.describe() + ": is bad");
      }
    }

    @Override
    public Preprocessor preprocessor(Path encoder, String modelType) {
      throw new UnsupportedOperationException();
    }
  }

  private TableChecks checks() {
    Map<String, Modality> columns = new LinkedHashMap<>();
    columns.put("notes", new Notes());
    columns.put("text", new TextModality());
    return new TableChecks(columns, TableReader.DEFAULT, Progress.SILENT);
  }

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("good", "bad")) {
      Files.writeString(folder.resolve(name), "x");
    }
  }

  private TableLocation table(String name, String rows) throws IOException {
    return TableLocation.of(Files.writeString(folder.resolve(name), "notes,text,label\n" + rows));
  }

  @Test
  @DisplayName("what is wrong in both tables is told at once, the first ten and how many more")
  void bothTables() throws IOException {
    TableLocation training = table("t.csv", "good,a,x\n" + "none,a,y\n".repeat(9) + "good,a\n");
    TableLocation validation = table("v.csv", "bad,a,x\nnone,a,y\ngood,a,\n");
    TableChecks checks = checks();
    checks.training(training, "single-label");
    checks.labelled(validation, "single-label");
    assertThatThrownBy(checks::finish)
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(training + " row 11 (line 12): 2 cells")
        .hasMessageContaining(validation + " row 3 (line 4), column label: the cell is blank")
        .hasMessageContaining(
            training + " row 2 (line 3), column notes: " + folder.resolve("none") + ": there is no")
        .hasMessageEndingWith("; and 3 more");
    assertThat(checked).as("each file is looked at once").hasValue(2);
  }

  @Test
  @DisplayName("labels of the validation rows are tried against the task")
  void labels() throws IOException {
    TableChecks checks = checks();
    Table training = checks.training(table("t.csv", "good,a,x\ngood,a,y\n"), "single-label");
    Table validation = checks.labelled(table("v.csv", "good,a,x\ngood,a,z\n"), "single-label");
    Task task = checks.task("single-label", training);
    checks.targets(task, validation);
    assertThatThrownBy(checks::finish)
        .hasMessageContaining("v.csv row 2 (line 3), column label: label 'z' is unknown");
  }

  @Test
  @DisplayName("numbers of a regression are tried row by row")
  void numbers() throws IOException {
    TableChecks checks = checks();
    Table training =
        checks.training(table("t.csv", "good,a,1\ngood,a,NaN\ngood,a,inf\n"), "regression");
    assertThatThrownBy(() -> checks.task("regression", training))
        .hasMessageContaining("t.csv row 2 (line 3), column label: label 'NaN'")
        .hasMessageContaining("t.csv row 3 (line 4), column label: label 'inf'");
  }

  @Test
  @DisplayName("a column that is blank in every training row is refused, in others it is not")
  void blankColumn() throws IOException {
    TableLocation table = table("t.csv", ",a,x\n,b,y\n");
    TableChecks checks = checks();
    checks.training(table, "single-label");
    assertThatThrownBy(checks::finish)
        .isInstanceOf(PmfException.class)
        .hasMessage(
            table
                + ", column notes: blank in every row, so that nothing can be learnt of it; leave"
                + " its encoder out");
    TableChecks others = checks();
    others.labelled(table, "single-label");
    others.finish();
  }

  @Test
  @DisplayName("folders, files that are not there, and what tools write for nothing are told apart")
  void files(@TempDir Path other) throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    TableLocation table = table("t.csv", "sub,a,x\nnan,a,y\nhttps://x/y.png,a,y\na\\b,a,y\n");
    TableChecks checks = checks();
    checks.read(table, Table.Labelled.OPTIONAL);
    assertThatThrownBy(checks::finish)
        .hasMessageContaining(
            "row 1 (line 2), column notes: " + folder.resolve("sub") + ": it is a folder")
        .hasMessageContaining("if 'nan' means that there is none, leave the cell blank")
        .hasMessageContaining("nothing is fetched from the network")
        .hasMessageContaining("folders are separated by /");
  }
}
