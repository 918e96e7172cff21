package org.pmf4j.hub.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.pmf4j.api.error.PmfException;

/**
 * Asks servers, and follows where they send: the token goes to the hub alone, and no further once a
 * redirect has left it. What may pass is tried again. For one thread at a time.
 */
final class HubClient {
  private static final int MOST_REDIRECTS = 20;

  /** What passes by itself, as huggingface_hub has it. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final HttpClient http;
  private final Origin hub;
  private final Optional<String> token;
  private final Waits waits;
  private final Backoff backoff;
  private final Consumer<String> notes;

  /**
   * A client of one hub.
   *
   * @param http which follows no redirects itself
   * @param hub who the token is for
   * @param notes hears why it waits, one line each
   */
  HubClient(
      HttpClient http,
      Origin hub,
      Optional<String> token,
      Waits waits,
      Backoff backoff,
      Consumer<String> notes) {
    this.http = http;
    this.hub = hub;
    this.token = token;
    this.waits = waits;
    this.backoff = backoff;
    this.notes = notes;
  }

  /** True if there is a token to send. */
  boolean hasToken() {
    return token.isPresent();
  }

  /** How often and after how long to try again. */
  Backoff backoff() {
    return backoff;
  }

  /** Waits that end when the work should. */
  Waits waits() {
    return waits;
  }

  /**
   * Asks for a file or list, wherever it is.
   *
   * @param headers besides the usual ones
   * @param longest that the beginning of an answer may take
   * @return an answer that is no redirect, which the caller closes
   */
  Answer get(URI address, Map<String, String> headers, Duration longest) throws Unreached {
    return ask(new Question("GET", address, headers, longest), answer -> false);
  }

  /**
   * Asks about a file. An answer that tells its hash and then leads to another server is the
   * answer: that server knows nothing of hashes.
   *
   * @return an answer which the caller closes
   */
  Answer head(URI address, Duration longest) throws Unreached {
    return ask(
        new Question("HEAD", address, Map.of(), longest),
        answer -> answer.header(RemoteFile.LINKED_ETAG).isPresent() && !staysHere(answer));
  }

  private static boolean staysHere(Answer redirect) {
    return Origin.of(target(redirect)).equals(Origin.of(redirect.address()));
  }

  private Answer ask(Question question, Predicate<Answer> enough) throws Unreached {
    for (int retry = 0; ; retry++) {
      boolean last = retry == backoff.retries();
      try {
        Answer answer = follow(question, enough);
        if (!PASSING.contains(answer.status())) {
          return answer;
        }
        Duration wait = answer.retryAfter().orElse(backoff.before(retry));
        if (last || wait.compareTo(backoff.patience()) > 0) {
          return answer;
        }
        answer.close();
        pause(Unreached.unable(answer.address(), answer.status()), wait);
      } catch (Unreached e) {
        if (last || !e.mayPass()) {
          throw e;
        }
        pause(e, backoff.before(retry));
      }
    }
  }

  private void pause(Unreached why, Duration wait) {
    notes.accept(
        String.format(
            Locale.ROOT, "%s; next try in %d seconds", why.line(), Math.max(1, wait.toSeconds())));
    waits.sleep(wait);
  }

  private Answer follow(Question question, Predicate<Answer> enough) throws Unreached {
    URI address = question.address();
    boolean trusted = true;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      trusted &= Origin.of(address).equals(hub);
      Answer answer = send(question, address, trusted);
      if (!answer.isRedirect() || enough.test(answer)) {
        return answer;
      }
      URI next = target(answer);
      answer.close();
      if (Origin.of(address).isSecure() && !Origin.of(next).isSecure()) {
        throw PmfException.environment(
            address.getHost() + ": leads from https to http, where nothing is fetched from", null);
      }
      address = next;
    }
    throw PmfException.environment(
        question.address().getHost() + ": leads from one address to the next without end", null);
  }

  private static URI target(Answer redirect) {
    String location = redirect.header("Location").orElseThrow();
    try {
      URI next = redirect.address().resolve(new URI(location.replace(" ", "%20")));
      boolean web = "https".equals(next.getScheme()) || "http".equals(next.getScheme());
      if (web && next.getHost() != null) {
        return next;
      }
    } catch (URISyntaxException e) {
      throw nowhere(redirect, e);
    }
    throw nowhere(redirect, null);
  }

  private static PmfException nowhere(Answer redirect, Throwable cause) {
    return PmfException.environment(
        redirect.address().getHost() + ": leads to what is no address of the web", cause);
  }

  private Answer send(Question question, URI address, boolean trusted) throws Unreached {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .method(question.method(), HttpRequest.BodyPublishers.noBody())
            .header("User-Agent", "pmf4j; java/" + Runtime.version().feature())
            // The size of what arrives must be the size of the file
            .header("Accept-Encoding", "identity");
    question.headers().forEach(request::header);
    if (trusted) {
      token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    }
    CompletableFuture<HttpResponse<TimedBody>> sent =
        http.sendAsync(request.build(), info -> new TimedBody());
    try {
      Optional<HttpResponse<TimedBody>> response = waits.within(sent, question.longest());
      return new Answer(
          address,
          response.orElseThrow(() -> Unreached.late(address, question.longest().toSeconds())));
    } catch (CompletionException e) {
      throw Unreached.because(address, e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  /** What is asked, and again where it must be. */
  private record Question(
      String method, URI address, Map<String, String> headers, Duration longest) {}
}
