package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import java.util.List;

/** Laid out in the next commit. */
final class BanditAuctionKind implements JobKind {
  @Override
  public String name() {
    return "banditAuction";
  }

  @Override
  public String summary() {
    return "One item a period among bidders whose values move when they win: who wins, what is paid";
  }

  @Override
  public List<KeyDoc> keys() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public String example() {
    return "job: banditAuction\n";
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    return _ -> {
      throw new JobFailedException("banditAuction cannot be solved yet");
    };
  }
}
