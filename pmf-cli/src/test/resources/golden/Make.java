import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.training.TrainSettings;

/**
 * Made the models and runs of this folder, with the version of the day on which their format became
 * a promise. Run in src/test/resources, with the class path of the command:
 *
 * <pre>java -cp "LIB/*" golden/Make.java djl &amp;&amp; java -cp "LIB/*" golden/Make.java tf</pre>
 *
 * The predictions are what pmf predict --logits wrote of each model then.
 */
class Make {
  private static final class Stopped extends RuntimeException {}

  public static void main(String[] args) {
    Path folder = Path.of("golden", args[0]);
    try (Pmf pmf = Pmf.open(args[0], new BackendOptions("cpu", 1))) {
      pmf.train(config(folder.resolve("whole")));
      try {
        pmf.train(
            config(folder.resolve("unfinished")),
            Progress.SILENT,
            epoch -> {
              if (epoch.number() == 2) {
                throw new Stopped();
              }
            });
      } catch (Stopped e) {
        System.out.println("stopped");
      }
      try {
        pmf.pretrain(
            encoder(folder.resolve("encoder")),
            Progress.SILENT,
            epoch -> {
              if (epoch.number() == 2) {
                throw new Stopped();
              }
            });
      } catch (Stopped e) {
        System.out.println("stopped");
      }
    }
  }

  private static PretrainConfig encoder(Path out) {
    Path samples = Path.of("parity", "pmf");
    Path table = samples.resolve("curve/train.csv");
    return new PretrainConfig(
        "image",
        new InitialEncoder.Existing(samples.resolve("encoders/image-16"), Map.of()),
        table,
        Optional.of(table),
        out,
        PretrainConfig.Goal.SINGLE_LABEL,
        true,
        TrainSettings.DEFAULT.with("epochs", 3).with("batch-size", 8).with("checkpoint-steps", 3),
        false);
  }

  private static TrainConfig config(Path out) {
    Path samples = Path.of("parity", "pmf");
    return TrainConfig.builder()
        .data(samples.resolve("curve/train.csv"))
        .validation(samples.resolve("curve/train.csv"))
        .encoder("image", samples.resolve("encoders/image-16"))
        .encoder("text", samples.resolve("encoders/text-16"))
        .out(out)
        .cache(CacheConfig.NONE)
        .training(
            TrainSettings.DEFAULT
                .with("epochs", 4)
                .with("batch-size", 4)
                .with("learning-rate", 5e-3)
                .with("seed", 3)
                .with("checkpoint-steps", 3))
        .build();
  }
}
