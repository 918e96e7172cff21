package org.pmf4j.serve.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.pmf4j.serve.web.Problem;
import org.pmf4j.serve.web.Reply;

/** Tells what is wrong with what is hardly HTTP. Has no state: any thread may call it. */
final class PlainErrors extends ErrorHandler {
  PlainErrors() {
    setShowStacks(false);
  }

  private static Reply reply(int status) {
    String title = String.valueOf(HttpStatus.getMessage(status));
    return new Problem(status, title, "the request cannot be taken: " + title, null).reply();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Reply reply = reply(response.getStatus());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
    return true;
  }
}
