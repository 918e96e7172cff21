package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.pretrain.EncoderMaking;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("An encoder that training makes of columns")
class MadeEncoderTest {
  private static final long SEED = 5;
  private static final String COLUMNS = "tabular=age,\"home, town\"";

  @TempDir private Path folder;
  private Path training;
  private Path validation;

  /** The label is told by a number and a word together. */
  @BeforeEach
  void write() throws IOException {
    System.out.println("seed " + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    training = table("train.csv", 40, 20, random);
    validation = table("validation.csv", 12, 1000, random);
  }

  private Path table(String name, int rows, int youngest, SplittableRandom random)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("age,\"home, town\",text,label"));
    for (int i = 0; i < rows; i++) {
      int age = random.nextInt(40);
      boolean red = random.nextBoolean();
      lines.add(
          (youngest + age)
              + (random.nextBoolean() ? ",Bonn," : ",Oslo,")
              + (red ? "a red shape," : "a blue shape,")
              + (age > 20 ^ red ? "yes" : "no"));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private Object[] alone(Path table, Path model, Object... more) {
    return FixtureSamples.with(
        new Object[] {
          "train",
          "--data",
          table,
          "--method",
          "linear-probe",
          "--epochs",
          1,
          "--no-cache",
          "--out",
          model
        },
        more);
  }

  @ParameterizedTest(name = "on the backend {0}")
  @ValueSource(strings = {Checked.BACKEND, "tf"})
  @DisplayName("is told with its command, which makes the same, is fused, and moves with its model")
  void fused(String backend) throws IOException {
    Path model = folder.resolve("model");
    Object[] fused = {
      "train",
      "--backend",
      backend,
      "--data",
      training,
      "--validation",
      validation,
      "--column",
      COLUMNS,
      "--encoder",
      "text=" + FixtureSamples.TEXT_ENCODER,
      "--fusion-layers",
      1,
      "--epochs",
      1,
      "--no-cache",
      "--no-probes",
      "--out",
      model
    };
    String told = Outcome.of(fused).succeeded().out();
    assertThat(told)
        .contains("encoder tabular is made of 40 rows and 2 columns", "pmf pretrain", "accuracy");
    Path encoder = model.resolve("encoders/tabular");
    assertThat(Files.readString(model.resolve("adapter_config.json")))
        .contains("\"source\" : \"encoders/tabular\"");

    List<Object> words = command(told);
    Path again = folder.resolve("again");
    words.set(words.size() - 1, again);
    words.addAll(List.of("--backend", backend));
    Outcome.of(words.toArray()).succeeded();
    assertSame(encoder, again);

    Path moved = folder.resolve("moved");
    Files.move(model, moved);
    Outcome.of(
            "predict",
            "--backend",
            backend,
            "--model",
            moved,
            "--encoder",
            "text=" + FixtureSamples.TEXT_ENCODER,
            "--tabular",
            "{\"age\": 33}",
            "--text",
            "a red shape")
        .succeeded();
  }

  /** The words of the command that was told, without {@code pmf}. */
  private static List<Object> command(String told) {
    String joined = told.replace("\\\n", " ");
    String line = joined.lines().filter(l -> l.contains("pmf pretrain")).findFirst().orElseThrow();
    Matcher word =
        Pattern.compile("'([^']*)'|(\\S+)").matcher(line.substring(line.indexOf("pretrain")));
    List<Object> words = new ArrayList<>();
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  private static void assertSame(Path encoder, Path other) throws IOException {
    for (String file : List.of("model.safetensors", "preprocessor_config.json", "config.json")) {
      assertThat(other.resolve(file)).hasSameBinaryContentAs(encoder.resolve(file));
    }
  }

  @Test
  @DisplayName("has scales and values of the training rows alone")
  void noLeak() throws IOException {
    Path model = folder.resolve("model");
    Outcome.of(alone(training, model, "--validation", validation, "--column", COLUMNS)).succeeded();
    String schema = Files.readString(model.resolve("encoders/tabular/preprocessor_config.json"));
    assertThat(schema).contains("\"age\"").doesNotContain("10"); // of 1000 and above
  }

  private TrainConfigBuilder config(Path out) {
    return TrainConfig.builder()
        .data(training)
        .encoder("tabular")
        .columns(Columns.DEFAULT.with(Map.of("tabular", List.of("age", "home, town")), noLabel()))
        .method("linear-probe")
        .cache(CacheConfig.NONE)
        .training(TrainSettings.DEFAULT.with("epochs", 2))
        .out(out);
  }

  private static Optional<String> noLabel() {
    return Optional.empty();
  }

  @Test
  @DisplayName("is gone on with where a run was stopped, to the same bits, and replaced as a whole")
  void stoppedAndReplaced() throws IOException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    try (Pmf pmf = Checked.open()) {
      pmf.train(config(whole).build());
      AtomicInteger asked = new AtomicInteger();
      Progress impatient = Progress.SILENT.until(() -> asked.incrementAndGet() > 30);
      assertThatThrownBy(() -> pmf.train(config(parts).build(), impatient, TrainingListener.NONE))
          .isInstanceOfSatisfying(
              PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED));
      assertThat(parts.resolve("encoders/tabular/checkpoints")).exists();
      assertThatThrownBy(() -> pmf.train(config(parts).build()))
          .hasMessageContaining("go on with --resume");
      pmf.train(config(parts).existing(Existing.RESUME).build());
      assertSame(whole.resolve("encoders/tabular"), parts.resolve("encoders/tabular"));
      assertThat(parts.resolve("adapter_model.safetensors"))
          .hasSameBinaryContentAs(whole.resolve("adapter_model.safetensors"));

      pmf.train(config(parts).existing(Existing.RESUME).build());
      assertThat(parts.resolve("adapter_model.safetensors"))
          .hasSameBinaryContentAs(whole.resolve("adapter_model.safetensors"));

      TrainSettings other = TrainSettings.DEFAULT.with("epochs", 2).with("seed", 1);
      TrainConfig anew = config(parts).training(other).existing(Existing.OVERWRITE).build();
      pmf.train(
          anew,
          Progress.SILENT,
          TrainingListener.NONE,
          (EncoderMaking)
              (how, rows) -> {
                pmf.load(parts).close(); // what is replaced serves until then
                return TrainingListener.NONE;
              });
      assertThat(parts.resolve("encoders/tabular")).doesNotExist();
      pmf.load(parts).close();
      TrainConfig third = config(parts).existing(Existing.OVERWRITE).build();
      pmf.train(third);
      assertThat(parts.resolve("encoders/tabular-2")).doesNotExist();
      assertSame(whole.resolve("encoders/tabular"), parts.resolve("encoders/tabular"));
    }
  }

  @Test
  @DisplayName("learns numbers, several labels, and classes of one row each")
  void tasks() throws IOException {
    Path numbers =
        Files.write(
            folder.resolve("numbers.csv"),
            List.of("a,b,label", "1,x,2.5", "2,y,3.5", "3,x,1", "4,y,9", ",,3"));
    Outcome.of(
            alone(numbers, folder.resolve("m1"), "--column", "tabular=a,b", "--task", "regression"))
        .wasRefused("numbers.csv row 5");
    Files.write(numbers, List.of("a,b,label", "1,x,2.5", "2,y,3.5", "3,x,1", "4,y,9"));
    assertThat(
            Outcome.of(
                    alone(
                        numbers,
                        folder.resolve("m2"),
                        "--column",
                        "tabular=a,b",
                        "--task",
                        "regression"))
                .succeeded()
                .out())
        .contains("--goal regression");
    Files.write(numbers, List.of("a,b,label", "1,x,red|round", "2,y,red", "3,x,|", "4,y,round"));
    Outcome.of(
            alone(
                numbers, folder.resolve("m3"), "--column", "tabular=a,b", "--task", "multi-label"))
        .succeeded();
    Files.write(numbers, List.of("a,b,label", "1,x,one", "2,y,two", "3,x,three"));
    Outcome.of(alone(numbers, folder.resolve("m4"), "--column", "tabular=a,b")).succeeded();
  }

  @Test
  @DisplayName("passes rows over that have none of its columns, and may be cached")
  void rowsWithoutColumns() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(training));
    lines.add(",,a red shape,yes");
    Files.write(training, lines);
    assertThat(
            Outcome.of(
                    "train",
                    "--data",
                    training,
                    "--column",
                    COLUMNS,
                    "--encoder",
                    "text=" + FixtureSamples.TEXT_ENCODER,
                    "--fusion-layers",
                    1,
                    "--epochs",
                    1,
                    "--cache",
                    folder.resolve("cache"),
                    "--out",
                    folder.resolve("model"))
                .succeeded()
                .out())
        .contains("is made of 40 rows");
  }

  @Test
  @DisplayName("is refused in one line, before anything is written, where columns do not serve")
  void refused() throws IOException {
    Path model = folder.resolve("model");
    Outcome.of(alone(training, model, "--column", "tabular=age,label"))
        .wasRefused("column 'label' is both read by encoder tabular and the label");
    Outcome.of(alone(training, model, "--column", "tabular=age,wage"))
        .wasRefused("train.csv", "wage");
    Outcome.of(alone(training, model, "--column", "tabular=age", "--method", "pmf"))
        .wasRefused("pmf fuses two modalities or more", "linear-probe");
    Outcome.of(alone(training, model)).wasRefused("--encoder NAME=DIR is missing");

    Path blank =
        Files.write(
            folder.resolve("blank.csv"), List.of("a,b,label", "1,,yes", "2, ,no", "3,,yes"));
    Outcome.of(alone(blank, model, "--column", "tabular=a,b"))
        .wasRefused("blank.csv, column b is blank in every row; leave it out");

    List<String> many = new ArrayList<>(List.of("a,b,label"));
    for (int i = 0; i < 100_000; i++) {
      many.add(i % 7 + ",v" + i + (i % 2 == 0 ? ",yes" : ",no"));
    }
    Path names = Files.write(folder.resolve("names.csv"), many);
    Outcome.of(alone(names, model, "--no-split", "--column", "tabular=a,b"))
        .wasRefused("names.csv, column b has 100000 different values in 100000 rows");
    assertThat(model).doesNotExist();

    try (Pmf pmf = Checked.open()) {
      assertThatThrownBy(() -> pmf.plan(config(model).build()))
          .hasMessageContaining("encoder tabular is made by training");
      TrainConfig image = TrainConfig.builder().data(training).encoder("image").out(model).build();
      assertThatThrownBy(() -> pmf.train(image)).hasMessageContaining("has no directory");
    }
  }
}
