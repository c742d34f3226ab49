-- entity: seller
-- build: week
WITH seller_of AS (
  SELECT DISTINCT order_id, seller_id FROM order_items
),
answered AS (
  SELECT s.seller_id, r.review_score, days_between(r.answered_at, :cutoff) AS age_days
  FROM order_reviews r
  JOIN seller_of s ON s.order_id = r.order_id
)
SELECT seller_id,
  count(*) FILTER (WHERE age_days <= 90) AS reviews_90d,
  ratio(sum(review_score) FILTER (WHERE age_days <= 90), count(*) FILTER (WHERE age_days <= 90))
    AS score_90d,
  ratio(sum(review_score) FILTER (WHERE age_days <= 30), count(*) FILTER (WHERE age_days <= 30))
    AS score_30d,
  ratio(
    count(*) FILTER (WHERE age_days <= 90 AND review_score <= 2),
    count(*) FILTER (WHERE age_days <= 90)
  ) AS low_share_90d
FROM answered
GROUP BY seller_id
