import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.Trunks;

/** Computes the logits of the first rows of a table whenever it is told a number of rows. */
public final class Engines {
  private Engines() {}

  public static void main(String[] args) throws Exception {
    MatrixPrecision precision = MatrixPrecision.valueOf(args[1]);
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (Pmf pmf = Pmf.open(args[0], new BackendOptions("cpu", Integer.parseInt(args[2])))) {
      SavedModel saved = pmf.saved(Path.of(args[3]), Map.of()).in(precision);
      List<Example> rows =
          saved.read(TableLocation.of(Path.of(args[4])), Table.Labelled.OPTIONAL, Set.of(), Progress.SILENT);
      try (FusedModel model = saved.assemble();
          Trunks trunks = model.trunks()) {
        Map<Integer, Batch<HostTensor>> batches = new LinkedHashMap<>();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          int count = Integer.parseInt(line);
          Batch<HostTensor> batch =
              batches.computeIfAbsent(count, n -> trunks.prepare(rows.subList(0, n)));
          long cpu = system.getProcessCpuTime();
          long began = System.nanoTime();
          float[] logits = model.logits(trunks, batch).floats();
          long took = System.nanoTime() - began;
          System.out.println(took / 1e6 + " " + (system.getProcessCpuTime() - cpu) / 1e6 + " " + logits[0]);
        }
      }
    }
  }
}
