package org.pmf4j.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.hub.HubEnvironment;
import org.pmf4j.hub.server.Fault;

@DisplayName("The proxies of the environment")
class EnvironmentProxiesTest {
  @TempDir private Path folder;

  private static EnvironmentProxies of(Map<String, String> variables) {
    return EnvironmentProxies.of(new HubEnvironment(variables, Path.of("home")));
  }

  private static String chosen(Map<String, String> variables, String address) {
    Proxy proxy = of(variables).select(URI.create(address)).get(0);
    return proxy.equals(Proxy.NO_PROXY)
        ? "none"
        : ((InetSocketAddress) proxy.address()).getHostString()
            + ":"
            + ((InetSocketAddress) proxy.address()).getPort();
  }

  @Test
  @DisplayName("serve the scheme that they are named for, in letters of either kind")
  void schemes() {
    Map<String, String> both = Map.of("https_proxy", "http://a:1", "HTTP_PROXY", "b");

    assertThat(chosen(both, "https://huggingface.co/x")).isEqualTo("a:1");
    assertThat(chosen(both, "http://huggingface.co/x")).isEqualTo("b:80");
    assertThat(chosen(Map.of("ALL_PROXY", "http://c:3"), "https://huggingface.co/x"))
        .isEqualTo("c:3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "huggingface.co",
        ".huggingface.co",
        "x, cdn.huggingface.co",
        "HUGGINGFACE.CO"
      })
  @DisplayName("are passed by where no_proxy says so")
  void direct(String entries) {
    Map<String, String> variables = Map.of("https_proxy", "http://a:1", "no_proxy", entries);

    assertThat(chosen(variables, "https://cdn.huggingface.co/x")).isEqualTo("none");
    assertThat(chosen(Map.of("https_proxy", "http://a:1", "no_proxy", "co"), "https://hf.com"))
        .isEqualTo("a:1");
  }

  @Test
  @DisplayName("are told of without their passwords where they can be none")
  void wrong() {
    assertThatThrownBy(() -> of(Map.of("https_proxy", "socks5://me:secret@a:1")))
        .hasMessage("the variable https_proxy names no proxy such as http://proxy.example:3128");
  }

  @Test
  @DisplayName("are what is asked, with the whole address")
  void asked() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          asked.addAll(exchange.getRequestHeaders().getOrDefault("Proxy-Authorization", List.of()));
          Fault.status(407, Map.of("Proxy-Authenticate", "Basic realm=\"p\"")).answer(exchange);
          exchange.close();
        });
    proxy.start();
    try {
      Map<String, String> variables =
          Map.of(
              "HF_ENDPOINT",
              "http://hub.invalid",
              "HF_HUB_CACHE",
              folder.toString(),
              "http_proxy",
              "http://127.0.0.1:" + proxy.getAddress().getPort());

      assertThatThrownBy(
              () -> new Client(folder, variables, List.of()).fetch("org/text", FetchListener.NONE))
          .hasMessageStartingWith("the proxy wants a name and a password");
      assertThat(asked).containsExactly("http://hub.invalid/api/models/org/text/revision/main");

      Client known =
          new Client(folder, variables, List.of())
              .with("http_proxy", "http://me:p%40ss@127.0.0.1:" + proxy.getAddress().getPort());
      assertThatThrownBy(() -> known.fetch("org/text", FetchListener.NONE))
          .isInstanceOf(PmfException.class);
      byte[] password = "me:p@ss".getBytes(StandardCharsets.UTF_8);
      assertThat(asked).contains("Basic " + Base64.getEncoder().encodeToString(password));
    } finally {
      proxy.stop(0);
    }
  }
}
