package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.plugin.PluginRegistry;

@DisplayName("All backends work in one process")
class AllBackendsIT {

  @ParameterizedTest(name = "loaded in the order {0}")
  @ValueSource(strings = {"djl tf ort", "ort tf djl", "tf ort djl"})
  void inEitherOrder(String order) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Together.class.getName()));
    command.addAll(List.of(order.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines().filter(line -> line.startsWith("products")))
        .containsExactly(
            "products 7.0", "products 7.0 7.0", "products 7.0 7.0 7.0", "products 7.0 7.0 7.0");
  }

  /** Opens backends one after the other and computes on all of them, then once more. */
  static final class Together {
    private Together() {}

    public static void main(String[] names) {
      PluginRegistry plugins = PluginRegistry.discover(Together.class.getClassLoader());
      List<Backend> open = new ArrayList<>();
      for (String name : names) {
        open.add(plugins.backends().get(name).open(BackendOptions.DEFAULT));
        System.out.println("products" + products(open));
      }
      System.out.println("products" + products(open));
      open.forEach(Backend::close);
    }

    private static String products(List<Backend> backends) {
      StringBuilder all = new StringBuilder();
      for (Backend b : backends) {
        try (Program square =
                b.inference("square", in -> Named.of("y", in.get("x").matmul(in.get("x"))));
            Tensor x = b.tensor(HostTensor.of(new float[] {1, 2, 3, 4}, 2, 2));
            Tensor y = square.run(Named.of("x", x)).get("y")) {
          all.append(' ').append(b.read(y).floats()[0]);
        }
      }
      return all.toString();
    }
  }
}
