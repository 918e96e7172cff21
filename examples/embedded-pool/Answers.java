import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolBusyException;
import org.pmf4j.core.pool.PoolOptions;

/** One for the whole application; any thread may ask. */
public final class Answers implements AutoCloseable {
  private final Pmf pmf = Pmf.open();
  private final ModelPool pool = pmf.pool(PoolOptions.standard());

  /** Loads a model, or puts it in the place of the one of that name, while others ask. */
  public void load(String name, Path model) {
    pool.load(name, model);
  }

  /** What a model says; empty if too much is asked at the moment, for which a service says 429. */
  public Optional<Prediction> ask(String model, byte[] picture, String text) {
    try {
      return Optional.of(
          pool.predict(
              model,
              Map.of(
                  "image", new Source.Bytes("the picture", picture),
                  "text", new Source.Text(text))));
    } catch (PoolBusyException e) {
      return Optional.empty();
    }
  }

  /** Answers what was asked, and frees the models: first the pool, then what it runs on. */
  @Override
  public void close() {
    try {
      pool.close();
    } finally {
      pmf.close();
    }
  }
}
