package org.pmf4j.hub.fetch;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.hub.HubEnvironment;

/**
 * The proxies that the environment names, as curl and Python read them: {@code https_proxy}, {@code
 * http_proxy}, {@code all_proxy} and {@code no_proxy}, or the same in capital letters. Where it
 * names none, Java's own settings hold. Immutable, so that any number of threads may share it.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 80;

  private final Optional<URI> https;
  private final Optional<URI> http;
  private final List<String> direct;

  private EnvironmentProxies(Optional<URI> https, Optional<URI> http, List<String> direct) {
    this.https = https;
    this.http = http;
    this.direct = List.copyOf(direct);
  }

  /**
   * Reads the environment.
   *
   * @throws PmfException if a proxy is named that none can be
   */
  static EnvironmentProxies of(HubEnvironment environment) {
    String[] direct = value(environment, "no_proxy").orElse("").toLowerCase(Locale.ROOT).split(",");
    return new EnvironmentProxies(
        proxy(environment, "https_proxy").or(() -> proxy(environment, "all_proxy")),
        proxy(environment, "http_proxy").or(() -> proxy(environment, "all_proxy")),
        Arrays.stream(direct).map(String::strip).filter(d -> !d.isEmpty()).toList());
  }

  private static Optional<String> value(HubEnvironment environment, String name) {
    return environment.value(name).or(() -> environment.value(name.toUpperCase(Locale.ROOT)));
  }

  private static Optional<URI> proxy(HubEnvironment environment, String name) {
    return value(environment, name)
        .map(
            told -> {
              try {
                URI address = new URI(told.contains("://") ? told : "http://" + told);
                if ("http".equals(address.getScheme()) && address.getHost() != null) {
                  return address;
                }
              } catch (URISyntaxException e) {
                throw noProxy(name); // its value may hold a password
              }
              throw noProxy(name);
            });
  }

  private static PmfException noProxy(String name) {
    return PmfException.usage(
        "the variable " + name + " names no proxy such as http://proxy.example:3128");
  }

  /** Lets a client use them. */
  void addTo(HttpClient.Builder builder) {
    if (https.isEmpty() && http.isEmpty()) {
      builder.proxy(ProxySelector.getDefault());
      return;
    }
    builder.proxy(this);
    if (all().anyMatch(proxy -> proxy.getRawUserInfo() != null)) {
      builder.authenticator(new Passwords());
    }
  }

  private Stream<URI> all() {
    return Stream.of(https, http).flatMap(Optional::stream);
  }

  @Override
  public List<Proxy> select(URI address) {
    Optional<URI> proxy = "https".equals(address.getScheme()) ? https : http;
    return proxy
        .filter(p -> direct.stream().noneMatch(d -> covers(d, address)))
        .map(p -> List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(p.getHost(), port(p)))))
        .orElse(List.of(Proxy.NO_PROXY));
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort();
  }

  /** A host covers itself and all below it; a port may follow. */
  private static boolean covers(String entry, URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    String name = entry.replaceFirst("^\\*?\\.", "");
    String withPort = host + ":" + address.getPort();
    return entry.equals("*")
        || host.equals(name)
        || withPort.equals(name)
        || host.endsWith("." + name)
        || withPort.endsWith("." + name);
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException cause) {
    // Whoever asked is told
  }

  /** Names and passwords that stand in the proxies' addresses. */
  private final class Passwords extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      if (getRequestorType() != RequestorType.PROXY) {
        return null;
      }
      return all()
          .filter(p -> p.getHost().equalsIgnoreCase(getRequestingHost()))
          .filter(p -> p.getRawUserInfo() != null)
          .findFirst()
          .map(p -> password(p.getRawUserInfo().split(":", 2)))
          .orElse(null);
    }

    private static PasswordAuthentication password(String[] user) {
      String password = user.length > 1 ? user[1] : "";
      return new PasswordAuthentication(
          URLDecoder.decode(user[0], StandardCharsets.UTF_8),
          URLDecoder.decode(password, StandardCharsets.UTF_8).toCharArray());
    }
  }
}
